create table iam_account_alias (
  account text primary key,
  alias text not null unique
);

create table iam_instance_profile (
  id text primary key,
  account text not null,
  folded_name text not null,
  name text not null,
  path text not null,
  created_at bigint not null,
  role_id text references iam_role (id),
  unique (account, folded_name)
);

create index iam_instance_profile_role on iam_instance_profile (role_id);
