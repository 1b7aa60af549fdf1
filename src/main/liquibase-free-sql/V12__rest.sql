-- What the REST interface remembers of requests that name an idempotency key.

CREATE TABLE mesh.api_request (
    api_key_id       text        NOT NULL REFERENCES mesh.api_key (id) ON DELETE CASCADE,
    idempotency_key  text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    request_hash     text        NOT NULL CHECK (request_hash ~ '^[0-9a-f]{64}$'),
    -- the same for every attempt to carry the request out
    request_id       text        NOT NULL,
    claim_id         text        NOT NULL,
    claimed_until    timestamptz NOT NULL,
    -- the answer; null while the request is being carried out
    status           integer,
    body             text,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (api_key_id, idempotency_key),
    CHECK ((status IS NULL) = (body IS NULL))
);
CREATE INDEX api_request_created ON mesh.api_request (created_at);

-- Topics that a key is for: by id, because names change. A key with scopes that names no topic any more is for none.
CREATE TABLE mesh.api_key_topic (
    api_key_id  text NOT NULL REFERENCES mesh.api_key (id) ON DELETE CASCADE,
    topic_id    text NOT NULL REFERENCES mesh.topic (id) ON DELETE CASCADE,
    PRIMARY KEY (api_key_id, topic_id)
);
CREATE INDEX api_key_topic_topic ON mesh.api_key_topic (topic_id);

ALTER TABLE mesh.api_key ADD COLUMN scoped boolean NOT NULL DEFAULT false;
UPDATE mesh.api_key SET scoped = true WHERE topic_scopes IS NOT NULL;
INSERT INTO mesh.api_key_topic (api_key_id, topic_id)
SELECT k.id, t.id FROM mesh.api_key k JOIN mesh.topic t ON t.mesh_id = k.mesh_id AND t.name = ANY (k.topic_scopes);
ALTER TABLE mesh.api_key DROP COLUMN topic_scopes;
