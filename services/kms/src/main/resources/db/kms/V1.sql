-- A key of one Region. A multi-Region key has a row in each of its Regions, all with one id.
create table kms_key (
  account text not null,
  region text not null,
  id text not null,
  description text not null,
  spec text not null,
  key_usage text not null,
  origin text not null,
  state text not null,
  created_at bigint not null,
  deletion_at bigint,
  material_id text,
  policy text not null,
  multi_region integer not null,
  primary_region text,
  primary key (account, region, id)
);

create index kms_key_deletion on kms_key (deletion_at);

-- The material of a key, sealed for its own id; without it the row is only a memory of it.
create table kms_material (
  region text not null,
  id text not null,
  account text not null,
  key_id text not null,
  sealed blob,
  created_at bigint not null,
  primary key (region, id)
);

create index kms_material_key on kms_material (account, region, key_id);

create table kms_alias (
  account text not null,
  region text not null,
  name text not null,
  key_id text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (account, region, name)
);

create index kms_alias_key on kms_alias (account, region, key_id);

create table kms_tag (
  account text not null,
  region text not null,
  key_id text not null,
  tag_key text not null,
  tag_value text not null,
  primary key (account, region, key_id, tag_key)
);
