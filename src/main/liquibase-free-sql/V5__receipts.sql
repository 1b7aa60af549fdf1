-- What a sender can ask about its messages, and what an administrator can about those that never arrived.

-- Message ids are looked up by literal prefix; byte order makes that a range of the unique index.
ALTER TABLE mesh.message ALTER COLUMN id TYPE text COLLATE "C";

ALTER TABLE mesh.delivery ADD COLUMN failure text CHECK (failure IN ('blocked', 'recipient_gone'));
ALTER TABLE mesh.delivery ADD CHECK ((state = 'failed') = (failure IS NOT NULL));

-- Copies that ended without arriving, newest first.
CREATE INDEX delivery_dead ON mesh.delivery (settled_at) WHERE state IN ('expired', 'failed');

-- Copies of one multicast message that its node hands out at once, all in one row. A copy that cannot be handed out
-- becomes a delivery. States: 0 owed, 1 sent and unconfirmed, 2 sent and settled, 3 received, 4 became a delivery.
CREATE TABLE mesh.fanout (
    message_seq      bigint PRIMARY KEY REFERENCES mesh.message (seq) ON DELETE CASCADE,
    claimed_by       text        NOT NULL,
    claim_expires_at timestamptz NOT NULL,
    member_ids       text[]      NOT NULL,
    states           bytea       NOT NULL CHECK (length(states) = cardinality(member_ids)),
    changed_at       timestamptz NOT NULL,
    settled_at       timestamptz
) WITH (fillfactor = 50);
CREATE INDEX fanout_open ON mesh.fanout (claim_expires_at) WHERE settled_at IS NULL;
