-- A secret's name is taken until it is gone for good, also while its deletion is pending.
create table secretsmanager_secret (
  arn text not null primary key,
  account text not null,
  region text not null,
  name text not null,
  primary_region text,
  description text,
  kms_key text,
  kind text,
  policy text,
  created_at bigint not null,
  changed_at bigint not null,
  accessed_at bigint,
  deleted_at bigint,
  gone_at bigint,
  unique (account, region, name)
);

create index secretsmanager_secret_gone on secretsmanager_secret (gone_at);

-- The value is sealed under a data key, and that by KMS.
create table secretsmanager_version (
  secret text not null,
  id text not null,
  created_at bigint not null,
  accessed_at bigint,
  kms_key text not null,
  managed_key integer not null,
  data_key blob not null,
  sealed blob not null,
  is_binary integer not null,
  primary key (secret, id)
);

create table secretsmanager_stage (
  secret text not null,
  label text not null,
  version text not null,
  primary key (secret, label)
);

create table secretsmanager_tag (
  secret text not null,
  tag_key text not null,
  tag_value text not null,
  primary key (secret, tag_key)
);

-- Where a secret is kept as well. What is kept there is a secret of its own that names its primary;
-- when it could not be made, its row is missing and the status says why.
create table secretsmanager_replica (
  secret text not null,
  region text not null,
  kms_key text,
  status text not null,
  message text,
  primary key (secret, region)
);
