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

-- What an organization lets be done as the root users of its accounts.
create table iam_organization_feature (
  organization_id text not null,
  feature text not null,
  primary key (organization_id, feature)
);
