-- When a key gets new material of itself; none when it does not.
alter table kms_key add column rotation_period integer;
alter table kms_key add column next_rotation_at bigint;

create index kms_key_rotation on kms_key (next_rotation_at);

-- When and why the material became the current one; none for the first.
alter table kms_material add column rotated_at bigint;
alter table kms_material add column rotation_type text;
