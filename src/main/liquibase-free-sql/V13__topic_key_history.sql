-- What each generation of a topic's key was made with, and who has been in a topic while it was the key: old copies can be
-- judged by that, and made again for whoever was there.

CREATE TABLE mesh.topic_key_epoch (
    topic_id    text    NOT NULL REFERENCES mesh.topic (id) ON DELETE CASCADE,
    key_epoch   integer NOT NULL CHECK (key_epoch > 0),
    -- x25519 of the server's one-time pair, or ed25519 of the member that claimed it
    public_key  text    NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (topic_id, key_epoch)
);

INSERT INTO mesh.topic_key_epoch (topic_id, key_epoch, public_key)
SELECT id, key_epoch, encrypted_key_pubkey FROM mesh.topic
WHERE key_epoch > 0 AND encrypted_key_pubkey IS NOT NULL;
-- Of an earlier one its first copy tells. The server's begins with the x25519 key that it was sealed with.
INSERT INTO mesh.topic_key_epoch (topic_id, key_epoch, public_key)
SELECT DISTINCT ON (k.topic_id, k.key_epoch) k.topic_id, k.key_epoch,
    coalesce(k.sealed_by_pubkey, encode(substring(decode(k.encrypted_key, 'base64') FROM 1 FOR 32), 'hex'))
FROM mesh.topic_member_key k
ORDER BY k.topic_id, k.key_epoch, k.created_at, k.sealed_by_pubkey NULLS FIRST
ON CONFLICT DO NOTHING;

-- A stay of a member in a topic, with one key of the member. Counted in generations of the topic's key, not by clocks: the
-- order of generations is that of the commits. Written by the triggers below only.
CREATE TABLE mesh.topic_member_history (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic_id       text    NOT NULL REFERENCES mesh.topic (id) ON DELETE CASCADE,
    -- no reference: what a former member has sealed must be told apart even when the member's row is gone
    member_id      text    NOT NULL,
    member_pubkey  text    NOT NULL,
    -- 0: before the topic had a key
    first_epoch    integer NOT NULL,
    -- null: still there, with that key
    last_epoch     integer
);
CREATE UNIQUE INDEX topic_member_history_present ON mesh.topic_member_history (topic_id, member_id) WHERE last_epoch IS NULL;
CREATE INDEX topic_member_history_member ON mesh.topic_member_history (topic_id, member_id);
CREATE INDEX topic_member_history_key ON mesh.topic_member_history (topic_id, member_pubkey);

-- Nobody has written down when they came: the first copy of a member tells the latest possible time.
INSERT INTO mesh.topic_member_history (topic_id, member_id, member_pubkey, first_epoch)
SELECT x.topic_id, x.member_id, m.peer_pubkey, coalesce(min(k.key_epoch), t.key_epoch)
FROM mesh.topic_member x
JOIN mesh.member m ON m.id = x.member_id
JOIN mesh.topic t ON t.id = x.topic_id
LEFT JOIN mesh.topic_member_key k ON k.topic_id = x.topic_id AND k.member_id = x.member_id
GROUP BY x.topic_id, x.member_id, m.peer_pubkey, t.key_epoch;
-- Only whoever was in a topic could seal its key: those who did and are gone, or have got another key since.
INSERT INTO mesh.topic_member_history (topic_id, member_id, member_pubkey, first_epoch, last_epoch)
SELECT k.topic_id, k.sealed_by_member_id, k.sealed_by_pubkey, min(k.key_epoch), max(k.key_epoch)
FROM mesh.topic_member_key k
WHERE k.sealed_by_member_id IS NOT NULL AND k.sealed_by_pubkey IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM mesh.topic_member_history h
    WHERE h.topic_id = k.topic_id AND h.member_id = k.sealed_by_member_id AND h.member_pubkey = k.sealed_by_pubkey)
GROUP BY k.topic_id, k.sealed_by_member_id, k.sealed_by_pubkey;

CREATE FUNCTION mesh.topic_stay_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mesh.topic_member_history (topic_id, member_id, member_pubkey, first_epoch)
    SELECT NEW.topic_id, NEW.member_id, m.peer_pubkey, t.key_epoch
    FROM mesh.member m, mesh.topic t WHERE m.id = NEW.member_id AND t.id = NEW.topic_id;
    RETURN NULL;
END $$;
CREATE TRIGGER topic_member_comes AFTER INSERT ON mesh.topic_member
    FOR EACH ROW EXECUTE FUNCTION mesh.topic_stay_begins();

CREATE FUNCTION mesh.topic_stay_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mesh.topic_member_history h SET last_epoch = t.key_epoch
    FROM mesh.topic t
    WHERE t.id = OLD.topic_id AND h.topic_id = OLD.topic_id AND h.member_id = OLD.member_id AND h.last_epoch IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER topic_member_goes AFTER DELETE ON mesh.topic_member
    FOR EACH ROW EXECUTE FUNCTION mesh.topic_stay_ends();

CREATE FUNCTION mesh.topic_stay_with_another_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mesh.topic_member_history h SET last_epoch = t.key_epoch
    FROM mesh.topic t
    WHERE t.id = h.topic_id AND h.member_id = NEW.id AND h.last_epoch IS NULL AND t.mesh_id = NEW.mesh_id;
    INSERT INTO mesh.topic_member_history (topic_id, member_id, member_pubkey, first_epoch)
    SELECT x.topic_id, NEW.id, NEW.peer_pubkey, t.key_epoch
    FROM mesh.topic_member x JOIN mesh.topic t ON t.id = x.topic_id WHERE x.member_id = NEW.id;
    -- Its copies are of no use to it any more: others make new ones. A key that nobody holds then makes way for the next.
    WITH gone AS (DELETE FROM mesh.topic_member_key WHERE member_id = NEW.id RETURNING topic_id, key_epoch)
    UPDATE mesh.topic t SET rotation_due = true
    FROM gone
    WHERE t.id = gone.topic_id AND t.key_epoch = gone.key_epoch AND NOT EXISTS (
        SELECT 1 FROM mesh.topic_member_key k
        JOIN mesh.topic_member x ON x.topic_id = k.topic_id AND x.member_id = k.member_id
        WHERE k.topic_id = t.id AND k.key_epoch = t.key_epoch AND k.member_id <> NEW.id);
    PERFORM mesh.topics_changed(NEW.mesh_id);
    RETURN NULL;
END $$;
CREATE TRIGGER member_key_in_topics AFTER UPDATE OF peer_pubkey ON mesh.member
    FOR EACH ROW WHEN (OLD.peer_pubkey <> NEW.peer_pubkey) EXECUTE FUNCTION mesh.topic_stay_with_another_key();
