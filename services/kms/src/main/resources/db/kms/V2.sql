-- The grantee is a principal or a service; so is whoever may retire the grant.
create table kms_grant (
  id text primary key,
  account text not null,
  region text not null,
  key_id text not null,
  name text,
  created_at bigint not null,
  grantee text,
  grantee_service text,
  retiring text,
  retiring_service text,
  operations text not null,
  source_arn text
);

create index kms_grant_key on kms_grant (account, region, key_id);

create index kms_grant_retiring on kms_grant (region, retiring);

-- The pairs of a grant's constraints on the encryption context.
create table kms_grant_context (
  grant_id text not null references kms_grant (id),
  constraint_type text not null,
  context_key text not null,
  context_value text not null,
  primary key (grant_id, constraint_type, context_key)
);
