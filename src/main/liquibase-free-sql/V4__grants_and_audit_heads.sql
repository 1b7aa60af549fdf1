-- What members let each sender do to them; the end of each mesh's audit chain.

ALTER TABLE mesh.member
    ADD COLUMN peer_grants jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(peer_grants) = 'object');

-- The place of a row in its mesh's chain, from 1 on without gaps.
ALTER TABLE mesh.audit_log ADD COLUMN seq bigint CHECK (seq > 0);
UPDATE mesh.audit_log l
SET seq = numbered.seq
FROM (SELECT id, row_number() OVER (PARTITION BY mesh_id ORDER BY id) AS seq FROM mesh.audit_log) numbered
WHERE numbered.id = l.id;
ALTER TABLE mesh.audit_log ALTER COLUMN seq SET NOT NULL;
DROP INDEX mesh.audit_log_mesh;
CREATE UNIQUE INDEX audit_log_chain ON mesh.audit_log (mesh_id, seq);
CREATE INDEX audit_log_type ON mesh.audit_log (mesh_id, event_type, seq);

-- Number of rows and last hash of each chain. Locked by whoever appends; shows rows that are missing at the end.
-- No foreign key: it outlives the mesh with its chain.
CREATE TABLE mesh.audit_head (
    mesh_id  text PRIMARY KEY,
    entries  bigint NOT NULL CHECK (entries >= 0),
    hash     text   NOT NULL
) WITH (fillfactor = 20);
INSERT INTO mesh.audit_head (mesh_id, entries, hash)
SELECT DISTINCT ON (mesh_id) mesh_id, seq, hash FROM mesh.audit_log ORDER BY mesh_id, seq DESC;

-- The record is append-only, also for the role that owns it. Whoever changes it first takes the right back, and the chain
-- shows it.
REVOKE UPDATE, DELETE, TRUNCATE ON mesh.audit_log FROM CURRENT_USER;
