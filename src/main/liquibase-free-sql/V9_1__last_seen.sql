-- The newest presence of a member tells when it was last seen. connected_at never changes, so that answering a ping goes on
-- to touch no index.
DROP INDEX mesh.presence_member;
CREATE INDEX presence_member ON mesh.presence (member_id, connected_at DESC);
