-- Live connections, what survives them, and messages with one delivery per recipient.

CREATE TABLE mesh.presence (
    id                text PRIMARY KEY,
    mesh_id           text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    member_id         text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    node_name         text        NOT NULL,
    session_id        text        NOT NULL,
    session_pubkey    text CHECK (session_pubkey ~ '^[0-9a-f]{64}$'),
    session_verified  boolean     NOT NULL DEFAULT false,
    display_name      text        NOT NULL,
    pid               bigint      NOT NULL DEFAULT 0,
    cwd               text        NOT NULL DEFAULT '',
    channel           text,
    summary           text,
    groups            jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(groups) = 'array'),
    connected_at      timestamptz NOT NULL,
    last_ping_at      timestamptz NOT NULL,
    disconnected_at   timestamptz
);
CREATE INDEX presence_live_by_member ON mesh.presence (member_id) WHERE disconnected_at IS NULL;
CREATE INDEX presence_live_by_node ON mesh.presence (node_name) WHERE disconnected_at IS NULL;
CREATE INDEX presence_mesh ON mesh.presence (mesh_id);
CREATE INDEX presence_member ON mesh.presence (member_id);
CREATE INDEX presence_ended ON mesh.presence (disconnected_at) WHERE disconnected_at IS NOT NULL;

CREATE TABLE mesh.peer_state (
    mesh_id           text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    member_id         text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    groups            jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(groups) = 'array'),
    profile           jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(profile) = 'object'),
    visible           boolean     NOT NULL DEFAULT true,
    last_summary      text,
    last_display_name text,
    cumulative_stats  jsonb       NOT NULL DEFAULT '{"messagesIn":0,"messagesOut":0,"toolCalls":0,"errors":0}',
    last_seen_at      timestamptz NOT NULL,
    PRIMARY KEY (mesh_id, member_id)
);
CREATE INDEX peer_state_member ON mesh.peer_state (member_id);

-- Which member a session key belongs to, so that mail for a session that is gone finds its member.
CREATE TABLE mesh.session_key (
    mesh_id        text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    session_pubkey text        NOT NULL CHECK (session_pubkey ~ '^[0-9a-f]{64}$'),
    member_id      text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    verified       boolean     NOT NULL,
    last_used_at   timestamptz NOT NULL,
    PRIMARY KEY (mesh_id, session_pubkey)
);
CREATE INDEX session_key_member ON mesh.session_key (member_id);
CREATE INDEX session_key_last_used ON mesh.session_key (last_used_at);

CREATE TABLE mesh.message (
    seq                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id                    text        NOT NULL UNIQUE,
    mesh_id               text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    sender_member_id      text        NOT NULL,
    sender_member_pubkey  text        NOT NULL,
    sender_session_pubkey text,
    sender_presence_id    text        NOT NULL,
    sender_name           text        NOT NULL,
    target_spec           text        NOT NULL,
    priority              text        NOT NULL CHECK (priority IN ('now', 'next', 'low')),
    nonce                 bytea       NOT NULL, -- UTF-8; a JSON text may hold U+0000, a PostgreSQL text may not
    ciphertext            bytea       NOT NULL,
    subtype               text,
    client_message_id     text,
    request_fingerprint   text,
    reply_to_id           text,
    body_version          integer,
    created_at            timestamptz NOT NULL,
    expires_at            timestamptz NOT NULL
);
-- A repeated client_message_id of the same member is the same message.
CREATE UNIQUE INDEX message_client_id ON mesh.message (mesh_id, sender_member_id, client_message_id)
    WHERE client_message_id IS NOT NULL;
CREATE INDEX message_expiry ON mesh.message (expires_at);
CREATE INDEX message_mesh ON mesh.message (mesh_id);

-- One recipient's copy. Owed while settled_at is null; claimed while a node is handing it out.
CREATE TABLE mesh.delivery (
    message_seq      bigint      NOT NULL REFERENCES mesh.message (seq) ON DELETE CASCADE,
    member_id        text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    session_pubkey   text,
    priority         text        NOT NULL CHECK (priority IN ('now', 'next', 'low')),
    state            text        NOT NULL CHECK (state IN ('stored', 'sent', 'received', 'expired', 'failed')),
    claimed_by       text,
    claim_expires_at timestamptz,
    sent_at          timestamptz,
    settled_at       timestamptz,
    PRIMARY KEY (message_seq, member_id)
) WITH (fillfactor = 80);
CREATE INDEX delivery_owed ON mesh.delivery (member_id, message_seq) WHERE settled_at IS NULL;
CREATE INDEX delivery_claimed ON mesh.delivery (claimed_by) WHERE settled_at IS NULL AND claimed_by IS NOT NULL;
CREATE INDEX delivery_member ON mesh.delivery (member_id);
