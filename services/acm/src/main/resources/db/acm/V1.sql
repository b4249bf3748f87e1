-- Certificates, those asked for included. The private key is sealed by the keyring.
create table acm_certificate (
  arn text not null primary key,
  account text not null,
  region text not null,
  kind text not null,
  domain text not null,
  names text not null,
  status text not null,
  key_algorithm text not null,
  created_at bigint not null,
  issued_at bigint,
  imported_at bigint,
  revoked_at bigint,
  revocation_reason text,
  failure text,
  certificate text,
  chain text,
  serial text,
  not_before bigint,
  not_after bigint,
  private_key blob,
  authority text,
  validation_method text,
  transparency integer not null,
  exportable integer not null,
  exported integer not null,
  renewal text,
  renewal_failure text,
  renewed_at bigint,
  token text,
  due_at bigint
);

create index acm_certificate_place on acm_certificate (account, region, created_at, arn);
create index acm_certificate_due on acm_certificate (due_at);

-- The names that have to be proved before a certificate is issued, and how far that is.
create table acm_validation (
  certificate text not null,
  name text not null,
  status text not null,
  primary key (certificate, name)
);

-- What an account has to put into DNS for a name: the same for every certificate and renewal.
create table acm_challenge (
  account text not null,
  name text not null,
  label text not null,
  target text not null,
  primary key (account, name)
);

create table acm_tag (
  certificate text not null,
  tag_key text not null,
  tag_value text not null,
  primary key (certificate, tag_key)
);

create table acm_account (
  account text not null,
  region text not null,
  expiry_days integer not null,
  primary key (account, region)
);

-- The authority that stands for the public ones: a root, and whoever issues below it.
create table acm_authority (
  id text not null primary key,
  certificate text not null,
  public_key blob not null,
  private_key blob not null
);

-- How many certificates an account has in a Region: counted, for counting them takes longer the
-- more there are.
create table acm_holding (
  account text not null,
  region text not null,
  held bigint not null,
  primary key (account, region)
);
