-- Conversations: topics, who is in them, their sealed keys, their posts, and who was mentioned.

CREATE TABLE mesh.topic (
    id                    text PRIMARY KEY,
    mesh_id               text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    name                  text        NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,49}$'),
    description           text CHECK (length(description) <= 1000),
    visibility            text        NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'private', 'dm')),
    -- every member of the mesh is in it and stays in it
    everybody             boolean     NOT NULL DEFAULT false,
    created_by_member_id  text REFERENCES mesh.member (id) ON DELETE SET NULL,
    -- informational: x25519 of the server's one-time pair, or ed25519 of the member that claimed the epoch
    encrypted_key_pubkey  text CHECK (encrypted_key_pubkey ~ '^[0-9a-f]{64}$'),
    -- 0: no key was ever made
    key_epoch             integer     NOT NULL DEFAULT 0 CHECK (key_epoch >= 0),
    -- somebody who knows the current key is not in the topic any more
    rotation_due          boolean     NOT NULL DEFAULT false,
    -- null: the installation's default; 0: kept
    retention_days        integer CHECK (retention_days BETWEEN 0 AND 36500),
    created_at            timestamptz NOT NULL,
    archived_at           timestamptz,
    UNIQUE (mesh_id, name)
);
CREATE INDEX topic_creator ON mesh.topic (created_by_member_id);

-- The place of a topic's last post. Apart from the topic, so that whoever changes a topic does not hold up its posts; held
-- until the commit, so that the order of the places is the order of the commits.
CREATE TABLE mesh.topic_position (
    topic_id       text PRIMARY KEY REFERENCES mesh.topic (id) ON DELETE CASCADE,
    last_sequence  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

CREATE TABLE mesh.topic_member (
    topic_id            text        NOT NULL REFERENCES mesh.topic (id) ON DELETE CASCADE,
    member_id           text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    role                text        NOT NULL DEFAULT 'member' CHECK (role IN ('lead', 'member', 'observer')),
    joined_at           timestamptz NOT NULL,
    last_read_at        timestamptz,
    last_read_sequence  bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (topic_id, member_id)
);
CREATE INDEX topic_member_member ON mesh.topic_member (member_id);

-- The topic key of one epoch, sealed for one member: opaque to the server.
CREATE TABLE mesh.topic_member_key (
    topic_id             text        NOT NULL REFERENCES mesh.topic (id) ON DELETE CASCADE,
    member_id            text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    key_epoch            integer     NOT NULL CHECK (key_epoch > 0),
    encrypted_key        text        NOT NULL,
    nonce                text        NOT NULL,
    -- the key that it was sealed for: a member that got another one needs another copy
    member_pubkey        text        NOT NULL CHECK (member_pubkey ~ '^[0-9a-f]{64}$'),
    -- null: by the server when the topic was made
    sealed_by_member_id  text REFERENCES mesh.member (id) ON DELETE SET NULL,
    sealed_by_pubkey     text CHECK (sealed_by_pubkey ~ '^[0-9a-f]{64}$'),
    created_at           timestamptz NOT NULL,
    rotated_at           timestamptz,
    PRIMARY KEY (topic_id, member_id, key_epoch)
);
CREATE INDEX topic_member_key_member ON mesh.topic_member_key (member_id);
CREATE INDEX topic_member_key_sealer ON mesh.topic_member_key (sealed_by_member_id);

-- Posts, as they are kept. The row of a post is written with its message; ids are the same. No foreign keys: as with
-- messages, each would look up and lock a parent row per post.
CREATE TABLE mesh.topic_message (
    topic_id              text        NOT NULL,
    sequence              bigint      NOT NULL,
    id                    text        NOT NULL COLLATE "C" UNIQUE,
    sender_member_id      text        NOT NULL,
    sender_member_pubkey  text        NOT NULL,
    sender_session_pubkey text,
    sender_name           text        NOT NULL,
    nonce                 bytea       NOT NULL,
    ciphertext            bytea       NOT NULL,
    body_version          integer     NOT NULL DEFAULT 1 CHECK (body_version IN (1, 2)),
    key_epoch             integer CHECK (key_epoch > 0),
    reply_to_id           text,
    mentions              text[]      NOT NULL DEFAULT '{}',
    created_at            timestamptz NOT NULL,
    -- of what the server may read: sender and mentions, and the body of version 1
    search                tsvector    NOT NULL,
    PRIMARY KEY (topic_id, sequence)
);
CREATE INDEX topic_message_reply ON mesh.topic_message (reply_to_id, sequence) WHERE reply_to_id IS NOT NULL;
CREATE INDEX topic_message_created ON mesh.topic_message USING brin (created_at) WITH (autosummarize = on);
CREATE INDEX topic_message_search ON mesh.topic_message USING gin (search);

CREATE TABLE mesh.notification (
    id                   text PRIMARY KEY,
    mesh_id              text        NOT NULL,
    topic_id             text        NOT NULL,
    message_id           text        NOT NULL,
    recipient_member_id  text        NOT NULL,
    sender_member_id     text        NOT NULL,
    kind                 text        NOT NULL DEFAULT 'mention' CHECK (kind IN ('mention')),
    created_at           timestamptz NOT NULL,
    read_at              timestamptz,
    UNIQUE (message_id, recipient_member_id)
);
CREATE INDEX notification_recipient ON mesh.notification (recipient_member_id, created_at DESC, id);
CREATE INDEX notification_unread ON mesh.notification (recipient_member_id, created_at DESC) WHERE read_at IS NULL;
CREATE INDEX notification_created ON mesh.notification USING brin (created_at) WITH (autosummarize = on);
CREATE INDEX notification_topic ON mesh.notification (topic_id);

-- Grows with every change of a mesh's topics or of who is in them: what nodes compare their memory with.
CREATE TABLE mesh.topic_version (
    mesh_id  text PRIMARY KEY REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    version  bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 20);

CREATE FUNCTION mesh.topics_changed(changed_mesh_id text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO mesh.topic_version (mesh_id) VALUES (changed_mesh_id)
    ON CONFLICT (mesh_id) DO UPDATE SET version = mesh.topic_version.version + 1
$$;

-- Every mesh has a topic that everybody is in, however the mesh or the member comes into being.
CREATE FUNCTION mesh.add_general_topic() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    new_id text := replace(gen_random_uuid()::text, '-', '');
BEGIN
    INSERT INTO mesh.topic (id, mesh_id, name, description, everybody, created_at)
    VALUES (new_id, NEW.id, 'general', 'Everybody in this mesh', true, NEW.created_at);
    INSERT INTO mesh.topic_position (topic_id) VALUES (new_id);
    PERFORM mesh.topics_changed(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER mesh_general_topic AFTER INSERT ON mesh.mesh
    FOR EACH ROW EXECUTE FUNCTION mesh.add_general_topic();

CREATE FUNCTION mesh.enter_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mesh.topic_member (topic_id, member_id, joined_at)
    SELECT t.id, NEW.id, now()
    FROM mesh.topic t
    WHERE t.mesh_id = NEW.mesh_id AND t.everybody
    ON CONFLICT DO NOTHING;
    PERFORM mesh.topics_changed(NEW.mesh_id);
    RETURN NULL;
END $$;
CREATE TRIGGER member_enters_topics AFTER INSERT ON mesh.member
    FOR EACH ROW WHEN (NEW.left_at IS NULL AND NEW.revoked_at IS NULL) EXECUTE FUNCTION mesh.enter_topics();
CREATE TRIGGER member_enters_topics_again AFTER UPDATE OF left_at, revoked_at ON mesh.member
    FOR EACH ROW WHEN ((OLD.left_at IS NOT NULL OR OLD.revoked_at IS NOT NULL)
        AND NEW.left_at IS NULL AND NEW.revoked_at IS NULL) EXECUTE FUNCTION mesh.enter_topics();

-- Who is not in the mesh any more is in none of its topics, and the keys that it knew are due for rotation.
CREATE FUNCTION mesh.leave_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM mesh.topic WHERE mesh_id = NEW.mesh_id AND key_epoch > 0 AND NOT rotation_due
    ORDER BY id FOR NO KEY UPDATE;
    UPDATE mesh.topic t SET rotation_due = true
    WHERE t.mesh_id = NEW.mesh_id AND t.key_epoch > 0 AND NOT t.rotation_due AND t.id IN (
        SELECT topic_id FROM mesh.topic_member WHERE member_id = NEW.id
        UNION ALL SELECT topic_id FROM mesh.topic_member_key WHERE member_id = NEW.id AND key_epoch = t.key_epoch);
    DELETE FROM mesh.topic_member WHERE member_id = NEW.id;
    PERFORM mesh.topics_changed(NEW.mesh_id);
    RETURN NULL;
END $$;
CREATE TRIGGER member_leaves_topics AFTER UPDATE OF left_at, revoked_at ON mesh.member
    FOR EACH ROW WHEN (OLD.left_at IS NULL AND OLD.revoked_at IS NULL
        AND (NEW.left_at IS NOT NULL OR NEW.revoked_at IS NOT NULL)) EXECUTE FUNCTION mesh.leave_topics();

INSERT INTO mesh.topic (id, mesh_id, name, description, everybody, created_at)
SELECT replace(gen_random_uuid()::text, '-', ''), id, 'general', 'Everybody in this mesh', true, created_at FROM mesh.mesh;
INSERT INTO mesh.topic_position (topic_id) SELECT id FROM mesh.topic;
INSERT INTO mesh.topic_member (topic_id, member_id, joined_at)
SELECT t.id, m.id, m.joined_at FROM mesh.topic t JOIN mesh.member m ON m.mesh_id = t.mesh_id
WHERE m.left_at IS NULL AND m.revoked_at IS NULL;
INSERT INTO mesh.topic_version (mesh_id) SELECT id FROM mesh.mesh;
