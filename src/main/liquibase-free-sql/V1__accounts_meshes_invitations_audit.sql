-- Who may operate and sign in, meshes with their members, invitations, and the record of what happened.

CREATE SCHEMA IF NOT EXISTS mesh;

CREATE TABLE public.account (
    id             text PRIMARY KEY,
    name           text        NOT NULL,
    email          text UNIQUE,
    role           text        NOT NULL CHECK (role IN ('admin', 'user')),
    password_hash  text,
    created_at     timestamptz NOT NULL
);

-- Links that sign an account in once. Only a hash is kept.
CREATE TABLE public.sign_in_link (
    token_hash  text PRIMARY KEY CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    account_id  text        NOT NULL REFERENCES public.account (id) ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX sign_in_link_account ON public.sign_in_link (account_id);

-- The operator's bearer token for the command line and for provisioning. Only a hash is kept.
CREATE TABLE public.operator_token (
    token_hash  text PRIMARY KEY CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    created_at  timestamptz NOT NULL
);

CREATE TABLE mesh.mesh (
    id                text PRIMARY KEY,
    name              text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    slug              text        NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
    owner_account_id  text REFERENCES public.account (id) ON DELETE SET NULL,
    owner_pubkey      text        NOT NULL CHECK (owner_pubkey ~ '^[0-9a-f]{64}$'),
    owner_secret_enc  text        NOT NULL,
    root_key_enc      text        NOT NULL,
    self_editable     jsonb       NOT NULL
        DEFAULT '{"displayName":true,"roleTag":true,"groups":true,"messageMode":true}',
    created_at        timestamptz NOT NULL,
    archived_at       timestamptz
);
CREATE UNIQUE INDEX mesh_live_slug ON mesh.mesh (slug) WHERE archived_at IS NULL;
CREATE INDEX mesh_owner ON mesh.mesh (owner_account_id);

CREATE TABLE mesh.member (
    id              text PRIMARY KEY,
    mesh_id         text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    account_id      text REFERENCES public.account (id) ON DELETE SET NULL,
    peer_pubkey     text        NOT NULL CHECK (peer_pubkey ~ '^[0-9a-f]{64}$'),
    display_name    text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
    role            text        NOT NULL CHECK (role IN ('admin', 'member')),
    role_tag        text,
    default_groups  jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(default_groups) = 'array'),
    message_mode    text        NOT NULL DEFAULT 'push' CHECK (message_mode IN ('push', 'inbox', 'off')),
    joined_at       timestamptz NOT NULL,
    left_at         timestamptz,
    revoked_at      timestamptz
);
-- One row per key and mesh, for good: a banned key cannot come back as a new member.
CREATE UNIQUE INDEX member_key ON mesh.member (mesh_id, peer_pubkey);
CREATE INDEX member_account ON mesh.member (account_id);

CREATE TABLE mesh.invite (
    id             text PRIMARY KEY,
    mesh_id        text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    code           text        NOT NULL UNIQUE,
    token_hash     text        NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    broker_url     text        NOT NULL,
    role           text        NOT NULL CHECK (role IN ('admin', 'member')),
    max_uses       integer     NOT NULL CHECK (max_uses BETWEEN 1 AND 1000),
    used_count     integer     NOT NULL DEFAULT 0,
    capability_v2  text        NOT NULL,
    created_by     text REFERENCES public.account (id) ON DELETE SET NULL,
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    revoked_at     timestamptz,
    CHECK (used_count BETWEEN 0 AND max_uses)
);
CREATE INDEX invite_mesh ON mesh.invite (mesh_id);
CREATE INDEX invite_creator ON mesh.invite (created_by);

CREATE TABLE mesh.invite_claim (
    invite_id   text        NOT NULL REFERENCES mesh.invite (id) ON DELETE CASCADE,
    member_id   text        NOT NULL REFERENCES mesh.member (id) ON DELETE CASCADE,
    claimed_at  timestamptz NOT NULL,
    PRIMARY KEY (invite_id, member_id)
);
CREATE INDEX invite_claim_member ON mesh.invite_claim (member_id);

-- The hash chain. No foreign key: the record outlives the mesh.
CREATE TABLE mesh.audit_log (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mesh_id             text        NOT NULL,
    event_type          text        NOT NULL,
    actor_member_id     text,
    actor_display_name  text,
    payload             jsonb       NOT NULL,
    prev_hash           text        NOT NULL,
    hash                text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    created_at          timestamptz NOT NULL
);
CREATE INDEX audit_log_mesh ON mesh.audit_log (mesh_id, id);
