-- What of centralized root access an organization has enabled.
create table iam_organization_feature (
  organization text not null,
  feature text not null,
  primary key (organization, feature)
);

-- A user's are in iam_signing_certificate, whose rows belong to a user.
create table iam_root_signing_certificate (
  id text primary key,
  account text not null,
  body text not null,
  status text not null,
  uploaded_at bigint not null
);

create index iam_root_signing_certificate_account on iam_root_signing_certificate (account);

-- Where an account's tokens can be verified. The row stays when the account stops giving out any.
create table iam_outbound_federation (
  account text primary key,
  issuer_id text not null unique,
  issuer text not null,
  enabled integer not null
);

create table iam_outbound_key (
  id text primary key,
  account text not null,
  key_id text not null,
  sealed_key blob not null,
  public_key blob not null,
  unique (account, key_id)
);
