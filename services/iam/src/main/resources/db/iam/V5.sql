-- Lists are JSON arrays: they are read and written as a whole.
create table iam_oidc_provider (
  id text primary key,
  account text not null,
  issuer text not null,
  client_ids text not null,
  thumbprints text not null,
  created_at bigint not null,
  unique (account, issuer)
);

create table iam_saml_provider (
  id text primary key,
  account text not null,
  name text not null,
  metadata text not null,
  valid_until bigint not null,
  encryption_mode text,
  created_at bigint not null,
  unique (account, name)
);

-- What opens assertions that the provider encrypted; two at most, to change over from one to the
-- next.
create table iam_saml_private_key (
  id text primary key,
  provider_id text not null references iam_saml_provider (id),
  sealed_key blob not null,
  added_at bigint not null
);

-- Which tokens the global endpoint of STS gives an account; the first version without a row.
create table iam_token_version (
  account text primary key,
  version integer not null
);
