create table iam_server_certificate (
  id text primary key,
  account text not null,
  folded_name text not null,
  name text not null,
  path text not null,
  body text not null,
  chain text,
  sealed_private_key blob not null,
  uploaded_at bigint not null,
  expires_at bigint not null,
  unique (account, folded_name)
);

create table iam_ssh_public_key (
  id text primary key,
  user_id text not null references iam_user (id),
  body text not null,
  fingerprint text not null,
  status text not null,
  uploaded_at bigint not null,
  unique (user_id, fingerprint)
);

create table iam_signing_certificate (
  id text primary key,
  user_id text not null references iam_user (id),
  body text not null,
  status text not null,
  uploaded_at bigint not null
);

create index iam_signing_certificate_user on iam_signing_certificate (user_id);

-- The password is random and 240 bits long, so its digest cannot be searched for.
create table iam_service_credential (
  id text primary key,
  user_id text not null references iam_user (id),
  service text not null,
  service_user_name text not null,
  password_digest blob not null,
  status text not null,
  created_at bigint not null,
  expires_at bigint
);

create index iam_service_credential_user on iam_service_credential (user_id);

create table iam_deletion_task (
  id text primary key,
  account text not null,
  status text not null
);

-- When an access key was last used; the latest event counts.
create table iam_access_key_use (
  access_key_id text primary key,
  used_at bigint not null,
  region text not null,
  service text not null
);

-- When a user or role last used an action of a service; the empty action stands for any of them.
create table iam_service_use (
  principal_id text not null,
  service text not null,
  action text not null,
  used_at bigint not null,
  region text not null,
  primary key (principal_id, service, action)
);

create table iam_access_report (
  id text primary key,
  account text not null,
  arn text not null,
  granularity text not null,
  created_at bigint not null
);
