-- A device is of its account; a hardware token is of nobody until it is enabled. The owner is a
-- user's unique id, or the account's number for its root user. A code's step is used once.
create table iam_mfa_device (
  serial text primary key,
  account text,
  kind text not null,
  sealed_seed blob,
  owner_id text,
  created_at bigint not null,
  enabled_at bigint,
  drift bigint not null,
  last_step bigint not null
);

create index iam_mfa_device_owner on iam_mfa_device (owner_id);
create index iam_mfa_device_account on iam_mfa_device (account);

create table iam_security_key (
  serial text primary key references iam_mfa_device (serial),
  credential_id text not null unique,
  credential blob not null,
  sign_count bigint not null
);

-- What an authenticator was asked to sign; each is answered once.
create table iam_challenge (
  challenge text primary key,
  owner_id text not null,
  expires_at bigint not null
);

-- Wrong passwords and codes lately, by what was guessed at and from where.
create table iam_failed_guess (
  subject text primary key,
  failures integer not null,
  last_at bigint not null
);

create index iam_failed_guess_last on iam_failed_guess (last_at);

-- The owner is a user's unique id, or the account's number for its root user.
create table iam_login_profile (
  owner_id text primary key,
  sealed_hash blob not null,
  reset_required integer not null,
  created_at bigint not null,
  changed_at bigint not null,
  used_at bigint,
  used_from text
);

-- The passwords that an owner had, the present one among them.
create table iam_past_password (
  id text primary key,
  owner_id text not null,
  number bigint not null,
  sealed_hash blob not null,
  unique (owner_id, number)
);

create table iam_password_policy (
  account text primary key,
  minimum_length integer not null,
  symbols integer not null,
  numbers integer not null,
  uppercase integer not null,
  lowercase integer not null,
  users_may_change integer not null,
  maximum_age integer,
  reuse_prevention integer,
  hard_expiry integer not null
);

create table iam_credential_report (
  account text primary key,
  content text not null,
  generated_at bigint not null
);
