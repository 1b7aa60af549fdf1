-- The key of a member that only ever was in a browser can be replaced. One that has connected is known to others by its key.

ALTER TABLE mesh.member ADD COLUMN has_connected boolean NOT NULL DEFAULT false;
UPDATE mesh.member m SET has_connected = true
WHERE EXISTS (SELECT 1 FROM mesh.presence p WHERE p.member_id = m.id)
   OR m.id IN (SELECT actor_member_id FROM mesh.audit_log WHERE event_type = 'peer_joined');

CREATE FUNCTION mesh.member_connects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mesh.member SET has_connected = true WHERE id = NEW.member_id AND NOT has_connected;
    RETURN NULL;
END $$;
CREATE TRIGGER presence_member_connects AFTER INSERT ON mesh.presence
    FOR EACH ROW EXECUTE FUNCTION mesh.member_connects();
