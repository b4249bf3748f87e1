create table organization (
  id text primary key,
  management_account text not null unique,
  root_id text not null unique,
  feature_set text not null
);

-- The root and the organizational units; the root alone has no parent.
create table organization_unit (
  id text primary key,
  organization text not null references organization (id),
  parent text,
  name text not null,
  unique (parent, name)
);

-- Every account that organizations know of, also those that stand alone now.
create table organization_account (
  id text primary key,
  name text not null,
  email text not null,
  folded_email text not null unique,
  organization text references organization (id),
  parent text,
  joined_method text,
  joined_at bigint,
  state text not null,
  closed_at bigint
);

create index organization_account_member on organization_account (organization, id);
create index organization_account_parent on organization_account (parent, id);

create table organization_account_request (
  id text primary key,
  organization text not null references organization (id),
  account_name text not null,
  account text,
  state text not null,
  failure text,
  requested_at bigint not null,
  completed_at bigint
);

create table organization_handshake (
  id text primary key,
  organization text not null references organization (id),
  action text not null,
  parent_handshake text,
  account text,
  target_type text,
  target text,
  notes text,
  state text not null,
  requested_at bigint not null,
  expires_at bigint not null
);

create index organization_handshake_of on organization_handshake (organization, id);
create index organization_handshake_to on organization_handshake (account, id);

create table organization_policy (
  id text primary key,
  organization text not null references organization (id),
  type text not null,
  name text not null,
  description text not null,
  content text not null,
  updated_at bigint not null,
  unique (organization, type, name)
);

create table organization_policy_type (
  organization text not null references organization (id),
  type text not null,
  primary key (organization, type)
);

-- Policies made by AWS have no row of their own, so that this refers to none.
create table organization_attachment (
  target text not null,
  policy text not null,
  organization text not null references organization (id),
  type text not null,
  attached_at bigint not null,
  primary key (target, policy)
);

create index organization_attachment_policy on organization_attachment (organization, policy);

create table organization_service_access (
  organization text not null references organization (id),
  service text not null,
  enabled_at bigint not null,
  primary key (organization, service)
);

create table organization_delegation (
  organization text not null references organization (id),
  account text not null,
  service text not null,
  enabled_at bigint not null,
  primary key (organization, account, service)
);

create table organization_resource_policy (
  organization text primary key references organization (id),
  id text not null unique,
  content text not null
);

create table organization_tag (
  organization text not null references organization (id),
  owner text not null,
  tag_key text not null,
  tag_value text not null,
  primary key (owner, tag_key)
);
