-- Why an account was banned, and a name for each of its identities at a single sign-on provider.

ALTER TABLE public.account
    ADD COLUMN ban_reason text CHECK (length(ban_reason) BETWEEN 1 AND 500);

ALTER TABLE public.account_identity ADD COLUMN id text;
UPDATE public.account_identity SET id = replace(gen_random_uuid()::text, '-', '');
ALTER TABLE public.account_identity
    ALTER COLUMN id SET NOT NULL,
    ADD CONSTRAINT account_identity_id UNIQUE (id);
