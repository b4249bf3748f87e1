-- Names are unique ignoring case within an account; the case given first is kept beside.
create table iam_user (
  id text primary key,
  account text not null,
  folded_name text not null,
  name text not null,
  path text not null,
  created_at bigint not null,
  boundary text,
  unique (account, folded_name)
);

create table iam_group (
  id text primary key,
  account text not null,
  folded_name text not null,
  name text not null,
  path text not null,
  created_at bigint not null,
  unique (account, folded_name)
);

create table iam_group_member (
  group_id text not null references iam_group (id),
  user_id text not null references iam_user (id),
  primary key (group_id, user_id)
);

create index iam_group_member_user on iam_group_member (user_id);

create table iam_role (
  id text primary key,
  account text not null,
  folded_name text not null,
  name text not null,
  path text not null,
  description text,
  trust_policy text not null,
  max_session_seconds integer not null,
  created_at bigint not null,
  boundary text,
  unique (account, folded_name)
);

create table iam_policy (
  id text primary key,
  arn text not null unique,
  account text not null,
  folded_name text not null,
  name text not null,
  path text not null,
  description text,
  default_version integer not null,
  latest_version integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  unique (account, folded_name)
);

create table iam_policy_version (
  policy_id text not null references iam_policy (id),
  version integer not null,
  document text not null,
  created_at bigint not null,
  primary key (policy_id, version)
);

-- The owner is a user, a group or a role, by its unique id.
create table iam_attached_policy (
  owner_id text not null,
  policy_arn text not null,
  attached_at bigint not null,
  primary key (owner_id, policy_arn)
);

create index iam_attached_policy_policy on iam_attached_policy (policy_arn);

create table iam_inline_policy (
  owner_id text not null,
  name text not null,
  document text not null,
  primary key (owner_id, name)
);

create table iam_tag (
  owner_id text not null,
  folded_key text not null,
  tag_key text not null,
  tag_value text not null,
  primary key (owner_id, folded_key)
);

-- The owner is a user's unique id; none for the account's root user.
create table iam_access_key (
  id text primary key,
  account text not null,
  user_id text references iam_user (id),
  sealed_secret blob not null,
  status text not null,
  created_at bigint not null
);

create index iam_access_key_user on iam_access_key (user_id);
