-- Invitations that carry no key, the rights of members, and what a mesh is made of.

ALTER TABLE mesh.mesh
    ADD COLUMN visibility  text    NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'public')),
    ADD COLUMN transport   text    NOT NULL DEFAULT 'managed'
        CHECK (transport IN ('managed', 'tailscale', 'self_hosted')),
    ADD COLUMN tier        text    NOT NULL DEFAULT 'free' CHECK (tier IN ('free', 'pro', 'team', 'enterprise')),
    -- whether invitation links may carry the root key, for clients that know no other kind
    ADD COLUMN v1_invites  boolean NOT NULL DEFAULT true,
    -- description, and what the template of the mesh offers to sessions: groups, roles, hint, state keys
    ADD COLUMN settings    jsonb   NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object');
ALTER TABLE mesh.mesh ALTER COLUMN v1_invites SET DEFAULT false;

-- An owner that made its mesh in a browser is a member before it has a key. Nobody holds the key in its row; the first key
-- that the same account joins with takes its place.
ALTER TABLE mesh.member ADD COLUMN keyless boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX member_keyless ON mesh.member (mesh_id, account_id) WHERE keyless;

-- The rights of a member that differ from those of its role. The row decides all of them.
CREATE TABLE mesh.permission (
    member_id   text PRIMARY KEY REFERENCES mesh.member (id) ON DELETE CASCADE,
    granted     text[]      NOT NULL CHECK (granted <@ ARRAY[
        'canInvite', 'canDeployMcp', 'canManageFiles', 'canManageVault', 'canManageWatches', 'canManageWebhooks',
        'canWriteState', 'canSend', 'canUseTools', 'canDeleteMesh', 'canManagePermissions']),
    changed_at  timestamptz NOT NULL
);

-- The slug at the time of making is part of the v1 token, which is made again from the row whenever it is asked for.
ALTER TABLE mesh.invite
    ADD COLUMN mesh_slug    text,
    ADD COLUMN preset       jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(preset) = 'object');
UPDATE mesh.invite i SET mesh_slug = m.slug FROM mesh.mesh m WHERE m.id = i.mesh_id;
ALTER TABLE mesh.invite ALTER COLUMN mesh_slug SET NOT NULL;
DROP INDEX mesh.invite_mesh;
CREATE INDEX invite_mesh ON mesh.invite (mesh_id, created_at);

ALTER TABLE mesh.invite_claim ADD COLUMN claim_key text;

-- Somebody who has claimed an invitation without naming its member key: the first valid hello for the id binds it.
CREATE TABLE mesh.unbound_member (
    member_id   text PRIMARY KEY,
    mesh_id     text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    invite_id   text        NOT NULL REFERENCES mesh.invite (id) ON DELETE CASCADE,
    claim_key   text        NOT NULL,
    account_id  text REFERENCES public.account (id) ON DELETE SET NULL,
    claimed_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    profile     jsonb       NOT NULL CHECK (jsonb_typeof(profile) = 'object')
);
CREATE UNIQUE INDEX unbound_member_claim ON mesh.unbound_member (invite_id, claim_key);
CREATE INDEX unbound_member_mesh ON mesh.unbound_member (mesh_id);
CREATE INDEX unbound_member_account ON mesh.unbound_member (account_id);
CREATE INDEX unbound_member_expiry ON mesh.unbound_member (expires_at);

-- Invitations by e-mail.
CREATE TABLE mesh.pending_invite (
    id           text PRIMARY KEY,
    mesh_id      text        NOT NULL REFERENCES mesh.mesh (id) ON DELETE CASCADE,
    invite_id    text        NOT NULL UNIQUE REFERENCES mesh.invite (id) ON DELETE CASCADE,
    email        text        NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    created_by   text REFERENCES public.account (id) ON DELETE SET NULL,
    sent_at      timestamptz NOT NULL,
    accepted_at  timestamptz,
    revoked_at   timestamptz
);
CREATE UNIQUE INDEX pending_invite_open ON mesh.pending_invite (mesh_id, email)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX pending_invite_email ON mesh.pending_invite (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX pending_invite_creator ON mesh.pending_invite (created_by);

-- Tokens of meshes to synchronise that were used.
CREATE TABLE public.sync_token_use (
    token_id    text PRIMARY KEY,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX sync_token_use_expiry ON public.sync_token_use (expires_at);
