-- How long a primary key will wait once its last replica is gone.
alter table kms_key add column pending_window integer;
