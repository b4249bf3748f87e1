create table s3_bucket (
  name text not null,
  account text not null,
  region text not null,
  created_at integer not null,
  versioning text,
  object_lock integer not null,
  primary key (name)
);

create index s3_bucket_account on s3_bucket (account, name);

-- What was configured, each as the contract's structure in JSON, the policy as it was given.
create table s3_setting (
  bucket text not null,
  name text not null,
  content text not null,
  primary key (bucket, name)
);

-- What an object's files are sealed with: a key of its own, sealed by the keyring or by KMS.
create table s3_content (
  content text not null,
  root_sealed blob,
  kms_sealed blob,
  primary key (content)
);

-- A version of an object, or a delete marker. Ages count down, so that the newest comes first.
create table s3_version (
  bucket text not null,
  object_key text not null,
  age integer not null,
  version_id text not null,
  latest integer not null,
  delete_marker integer not null,
  modified_at integer not null,
  owner text not null,
  content text,
  size integer not null,
  parts integer not null,
  etag text not null,
  storage_class text not null,
  headers text not null,
  metadata text not null,
  tags text not null,
  checksum_algorithm text,
  checksum_type text,
  checksum text,
  encryption text,
  kms_key text,
  kms_context text,
  bucket_key integer not null,
  lock_mode text,
  lock_until integer,
  legal_hold integer not null,
  primary key (bucket, object_key, age)
);

create unique index s3_version_id on s3_version (bucket, object_key, version_id);

create index s3_version_latest on s3_version (bucket, object_key) where latest = 1;

create index s3_version_content on s3_version (content);

-- A multipart upload that is neither completed nor aborted.
create table s3_upload (
  upload_id text not null,
  bucket text not null,
  object_key text not null,
  initiated_at integer not null,
  initiator text not null,
  owner text not null,
  storage_class text not null,
  headers text not null,
  metadata text not null,
  tags text not null,
  checksum_algorithm text,
  checksum_type text,
  encryption text not null,
  kms_key text,
  kms_context text,
  bucket_key integer not null,
  lock_mode text,
  lock_until integer,
  legal_hold integer not null,
  primary key (upload_id)
);

create index s3_upload_key on s3_upload (bucket, object_key, upload_id);

-- The files of an upload, and of the object that came of it, which has the upload's id for content.
create table s3_part (
  content text not null,
  number integer not null,
  file text not null,
  size integer not null,
  etag text not null,
  checksum text,
  modified_at integer not null,
  primary key (content, number)
);

create index s3_part_file on s3_part (file);
