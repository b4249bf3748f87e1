-- What is known of material beside its bytes. Whether material that is imported again is the same
-- is told by its fingerprint, which is sealed like the material itself and outlives it.
alter table kms_material add column state text not null default 'CURRENT';
alter table kms_material add column description text;
alter table kms_material add column valid_to bigint;
alter table kms_material add column fingerprint blob;

create index kms_material_expiry on kms_material (valid_to);
