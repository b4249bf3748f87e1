-- Who made a grant: an account that the key is shared with may make grants too.
alter table kms_grant add column issuing text;

-- Ids of material that was destroyed together with its key, by which old ciphertexts are known.
create table kms_destroyed (
  region text not null,
  id text not null,
  primary key (id, region)
);

create index kms_material_id on kms_material (id);

-- A key's last successful use, as its events tell.
create table kms_last_use (
  account text not null,
  region text not null,
  key_id text not null,
  operation text not null,
  used_at bigint not null,
  event_id text not null,
  request_id text,
  primary key (account, region, key_id)
);
