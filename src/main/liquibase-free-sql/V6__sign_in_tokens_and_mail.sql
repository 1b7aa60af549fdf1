-- How people get in: passwords, links, browser sessions, bearer tokens, device codes, single sign-on. What slows guessing
-- down, what was mailed, and the record of it all. Secrets are stored as SHA-256 hashes only.

ALTER TABLE public.account
    ADD COLUMN email_verified       boolean NOT NULL DEFAULT false,
    ADD COLUMN password_changed_at  timestamptz,
    ADD COLUMN disabled_at          timestamptz,
    ADD CONSTRAINT account_email_canonical CHECK (email = lower(email) AND length(email) <= 254);

-- Links that work once: to set an account up, to choose a new password, to register.
ALTER TABLE public.sign_in_link RENAME TO account_link;
ALTER TABLE public.account_link
    ALTER COLUMN account_id DROP NOT NULL,
    ADD COLUMN kind          text    NOT NULL DEFAULT 'set_up' CHECK (kind IN ('set_up', 'reset', 'register')),
    ADD COLUMN proves_email  boolean NOT NULL DEFAULT false,
    ADD COLUMN email         text,
    ADD COLUMN name          text,
    ADD CONSTRAINT account_link_subject CHECK (
        CASE kind WHEN 'register' THEN account_id IS NULL AND email IS NOT NULL AND name IS NOT NULL
             ELSE account_id IS NOT NULL END);
ALTER TABLE public.account_link ALTER COLUMN kind DROP DEFAULT;
ALTER INDEX public.sign_in_link_account RENAME TO account_link_account;
CREATE INDEX account_link_expiry ON public.account_link (expires_at);

CREATE TABLE public.web_session (
    token_hash    text PRIMARY KEY CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    id            text        NOT NULL UNIQUE,
    account_id    text        NOT NULL REFERENCES public.account (id) ON DELETE CASCADE,
    address       text        NOT NULL,
    user_agent    text        NOT NULL,
    created_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX web_session_account ON public.web_session (account_id);
CREATE INDEX web_session_expiry ON public.web_session (expires_at);

-- Bearer tokens of people: sessions of command lines, pasted tokens, personal access tokens.
CREATE TABLE public.account_token (
    id            text PRIMARY KEY,
    account_id    text        NOT NULL REFERENCES public.account (id) ON DELETE CASCADE,
    kind          text        NOT NULL CHECK (kind IN ('cli_session', 'pasted', 'personal')),
    name          text        NOT NULL,
    hostname      text        NOT NULL,
    platform      text        NOT NULL,
    arch          text        NOT NULL,
    token_hash    text        NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    last_used_at  timestamptz,
    revoked_at    timestamptz
);
CREATE INDEX account_token_account ON public.account_token (account_id);
CREATE INDEX account_token_expiry ON public.account_token (expires_at);

-- Sign-in of a command line by code. The token is made when it is fetched: none is stored here.
CREATE TABLE public.device_code (
    id                 text PRIMARY KEY,
    device_code_hash   text        NOT NULL UNIQUE CHECK (device_code_hash ~ '^[0-9a-f]{64}$'),
    session_id_hash    text        NOT NULL UNIQUE CHECK (session_id_hash ~ '^[0-9a-f]{64}$'),
    user_code          text        NOT NULL,
    status             text        NOT NULL CHECK (status IN ('pending', 'approved', 'denied', 'consumed')),
    account_id         text REFERENCES public.account (id) ON DELETE CASCADE,
    hostname           text        NOT NULL,
    platform           text        NOT NULL,
    arch               text        NOT NULL,
    address            text        NOT NULL,
    created_at         timestamptz NOT NULL,
    decided_at         timestamptz,
    expires_at         timestamptz NOT NULL
);
CREATE UNIQUE INDEX device_code_user_code ON public.device_code (user_code) WHERE status = 'pending';
CREATE INDEX device_code_account ON public.device_code (account_id);
CREATE INDEX device_code_expiry ON public.device_code (expires_at);

-- Who an account is at the single sign-on provider.
CREATE TABLE public.account_identity (
    issuer        text        NOT NULL,
    subject       text        NOT NULL,
    account_id    text        NOT NULL REFERENCES public.account (id) ON DELETE CASCADE,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX account_identity_account ON public.account_identity (account_id);

-- A browser that was sent to the provider and has not come back yet.
CREATE TABLE public.oidc_attempt (
    state_hash    text PRIMARY KEY CHECK (state_hash ~ '^[0-9a-f]{64}$'),
    browser_hash  text        NOT NULL,
    secrets_enc   text        NOT NULL,
    return_to     text        NOT NULL,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX oidc_attempt_expiry ON public.oidc_attempt (expires_at);

-- Token buckets that all nodes share. A row whose bucket is full again says nothing and is deleted.
CREATE TABLE public.throttle (
    key_hash    text PRIMARY KEY,
    tokens      double precision NOT NULL,
    touched_at  timestamptz      NOT NULL,
    full_at     timestamptz      NOT NULL
);
CREATE INDEX throttle_full ON public.throttle (full_at);

-- What happened to accounts. No foreign key: the record outlives the account.
CREATE TABLE public.account_log (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  text,
    event_type  text        NOT NULL,
    address     text,
    details     jsonb       NOT NULL CHECK (jsonb_typeof(details) = 'object'),
    created_at  timestamptz NOT NULL
);
CREATE INDEX account_log_account ON public.account_log (account_id, id);
CREATE FUNCTION public.refuse_account_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'public.account_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.account_log
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_account_log_change();

-- Mail that is to be sent. The text may hold links that work once: it is encrypted, and deleted once sent.
CREATE TABLE public.mail_outbox (
    id             text PRIMARY KEY,
    kind           text        NOT NULL,
    recipient      text        NOT NULL,
    content_enc    text,
    attempts       integer     NOT NULL DEFAULT 0,
    last_error     text,
    created_at     timestamptz NOT NULL,
    next_try_at    timestamptz NOT NULL,
    sent_at        timestamptz,
    failed_at      timestamptz
);
CREATE INDEX mail_outbox_due ON public.mail_outbox (next_try_at) WHERE sent_at IS NULL AND failed_at IS NULL;
