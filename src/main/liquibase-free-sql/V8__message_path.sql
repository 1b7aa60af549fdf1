-- Every index and foreign key of these tables is paid for with each message. What is left is what a query needs.

-- Rows only ever come and go with their message, in one statement of the store; a mesh is archived, not deleted.
-- A foreign key would look up and lock the parent row once per row.
ALTER TABLE mesh.message DROP CONSTRAINT message_mesh_id_fkey;
ALTER TABLE mesh.delivery DROP CONSTRAINT delivery_message_seq_fkey;
ALTER TABLE mesh.delivery DROP CONSTRAINT delivery_member_id_fkey;
ALTER TABLE mesh.fanout DROP CONSTRAINT fanout_message_seq_fkey;
DROP INDEX mesh.message_mesh;
DROP INDEX mesh.delivery_member;
-- A node's claims are a part of what is owed.
DROP INDEX mesh.delivery_claimed;

-- Messages are stored in the order of their times: block ranges find them.
DROP INDEX mesh.message_expiry;
CREATE INDEX message_expiry ON mesh.message USING brin (expires_at) WITH (autosummarize = on);
CREATE INDEX message_created ON mesh.message USING brin (created_at) WITH (autosummarize = on);

-- Member ids are unique over all meshes.
DROP INDEX mesh.message_client_id;
CREATE UNIQUE INDEX message_client_id ON mesh.message (sender_member_id, client_message_id)
    WHERE client_message_id IS NOT NULL;

-- Sends are most of the record: asked for by type they are found by reading it backwards.
DROP INDEX mesh.audit_log_type;
CREATE INDEX audit_log_type ON mesh.audit_log (mesh_id, event_type, seq) WHERE event_type <> 'message_sent';
