-- Presence rows mirror what a peer said about itself, so that it is not lost with a node; nodes show that they live.

ALTER TABLE mesh.presence
    ADD COLUMN visible        boolean NOT NULL DEFAULT true,
    ADD COLUMN profile        jsonb   NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(profile) = 'object'),
    -- counters that the member's totals do not hold yet
    ADD COLUMN gained_messages_in  bigint NOT NULL DEFAULT 0,
    ADD COLUMN gained_messages_out bigint NOT NULL DEFAULT 0,
    ADD COLUMN gained_tool_calls   bigint NOT NULL DEFAULT 0,
    ADD COLUMN gained_errors       bigint NOT NULL DEFAULT 0,
    -- false for one-shot commands, which leave nothing behind
    ADD COLUMN remembered     boolean NOT NULL DEFAULT true,
    -- ended because its node seemed dead, not because its connection was closed
    ADD COLUMN swept          boolean NOT NULL DEFAULT false;

ALTER TABLE mesh.peer_state
    ADD COLUMN messages_in  bigint NOT NULL DEFAULT 0 CHECK (messages_in >= 0),
    ADD COLUMN messages_out bigint NOT NULL DEFAULT 0 CHECK (messages_out >= 0),
    ADD COLUMN tool_calls   bigint NOT NULL DEFAULT 0 CHECK (tool_calls >= 0),
    ADD COLUMN errors       bigint NOT NULL DEFAULT 0 CHECK (errors >= 0),
    DROP COLUMN cumulative_stats;

CREATE TABLE mesh.node (
    name         text PRIMARY KEY,
    started_at   timestamptz NOT NULL,
    last_beat_at timestamptz NOT NULL
);
