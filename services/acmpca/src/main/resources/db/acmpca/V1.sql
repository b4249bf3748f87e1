-- A certificate authority. Its private key is sealed by the keyring; nothing ever tells it.
create table acmpca_authority (
  arn text not null primary key,
  id text not null unique,
  account text not null,
  region text not null,
  kind text not null,
  configuration text not null,
  revocation text not null,
  key_storage text not null,
  usage_mode text not null,
  status text not null,
  created_at bigint not null,
  changed_at bigint not null,
  certificate text,
  chain text,
  serial text,
  not_before bigint,
  not_after bigint,
  restorable_until bigint,
  policy text,
  public_key blob not null,
  private_key blob not null,
  token text,
  crl_number bigint not null,
  crl_due_at bigint,
  issued bigint not null
);

create index acmpca_authority_place on acmpca_authority (account, region, arn);
create index acmpca_authority_crl on acmpca_authority (crl_due_at);
create index acmpca_authority_gone on acmpca_authority (restorable_until);

-- What it issued; part is that of its revocation lists in which a certificate would stand.
create table acmpca_certificate (
  authority text not null,
  serial text not null,
  certificate blob not null,
  template text not null,
  requested_by text,
  issued_at bigint not null,
  not_after bigint not null,
  part bigint not null,
  token text,
  revoked_at bigint,
  reason text,
  primary key (authority, serial)
);

create index acmpca_certificate_token on acmpca_certificate (authority, token);
create index acmpca_certificate_revoked on acmpca_certificate (authority, revoked_at);

create table acmpca_permission (
  authority text not null,
  principal text not null,
  source_account text not null,
  actions text not null,
  created_at bigint not null,
  primary key (authority, principal, source_account)
);

create table acmpca_tag (
  authority text not null,
  tag_key text not null,
  tag_value text,
  primary key (authority, tag_key)
);

create table acmpca_report (
  id text not null primary key,
  authority text not null,
  bucket text not null,
  object_key text not null,
  created_at bigint not null
);

-- Revocation lists as they were published last, for whoever fetches them here.
create table acmpca_list (
  authority text not null,
  part bigint not null,
  number bigint not null,
  list blob not null,
  primary key (authority, part)
);
