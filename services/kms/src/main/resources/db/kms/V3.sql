-- The public half of an asymmetric key, as SubjectPublicKeyInfo.
alter table kms_material add column public_key blob;
