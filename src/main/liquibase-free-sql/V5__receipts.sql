-- What a sender can ask about its messages, and what an administrator can about those that never arrived.

-- Message ids are looked up by literal prefix; byte order makes that a range of the unique index.
ALTER TABLE mesh.message ALTER COLUMN id TYPE text COLLATE "C";

ALTER TABLE mesh.delivery ADD COLUMN failure text CHECK (failure IN ('blocked', 'recipient_gone'));
ALTER TABLE mesh.delivery ADD CHECK ((state = 'failed') = (failure IS NOT NULL));

-- Copies that ended without arriving, newest first.
CREATE INDEX delivery_dead ON mesh.delivery (settled_at) WHERE state IN ('expired', 'failed');
