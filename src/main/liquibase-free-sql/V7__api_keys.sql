-- Bearer keys for the REST interface, each for one mesh. Only hash and prefix of the secret are stored.

CREATE TABLE mesh.api_key (
    id                   text PRIMARY KEY,
    mesh_id              text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    label                text        NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
    secret_hash          text        NOT NULL UNIQUE CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
    secret_prefix        text        NOT NULL,
    capabilities         text[]      NOT NULL
        CHECK (cardinality(capabilities) > 0 AND capabilities <@ ARRAY['send', 'read', 'state_write', 'admin']),
    topic_scopes         text[],
    issued_by_member_id  text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    created_at           timestamptz NOT NULL,
    expires_at           timestamptz,
    last_used_at         timestamptz,
    revoked_at           timestamptz
);
CREATE INDEX api_key_mesh ON mesh.api_key (mesh_id, created_at);
CREATE INDEX api_key_prefix ON mesh.api_key (secret_prefix);
CREATE INDEX api_key_issuer ON mesh.api_key (issued_by_member_id);
