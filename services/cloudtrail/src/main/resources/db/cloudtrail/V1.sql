-- A trail made again under an old name is another trail, so each has an id of its own.
create table cloudtrail_trail (
  id text primary key,
  account text not null,
  region text not null,
  name text not null,
  bucket text not null,
  prefix text not null,
  topic text,
  global_events integer not null,
  multi_region integer not null,
  validation integer not null,
  kms_key text,
  organization text,
  selectors text not null,
  custom_selectors integer not null,
  logging integer not null,
  started_at bigint,
  stopped_at bigint,
  planned_at bigint not null,
  failures integer not null,
  retry_at bigint not null,
  unique (account, region, name)
);

create table cloudtrail_tag (
  trail text not null,
  tag_key text not null,
  tag_value text not null,
  primary key (trail, tag_key)
);

-- Events of a node after the one number and up to the other are none of the trail's; without the
-- other number the trail is still stopped.
create table cloudtrail_pause (
  trail text not null,
  node integer not null,
  paused_after integer not null,
  paused_until integer,
  primary key (trail, node, paused_after)
);

-- A file is planned together with passing over its events, and put as it was planned. Its content
-- goes once it is delivered; a digest lists it, and then it goes as well.
create table cloudtrail_file (
  trail text not null,
  number integer not null,
  account text not null,
  region text not null,
  is_digest integer not null,
  bucket text not null,
  object_key text not null,
  content blob,
  sha256 text not null,
  signature text,
  fingerprint text,
  oldest bigint,
  newest bigint,
  period_end bigint,
  delivered_at bigint,
  digest integer,
  primary key (trail, number)
);

create index cloudtrail_file_waiting on cloudtrail_file (trail, delivered_at, number);

-- Where a chain of digests stands: the last one that was delivered.
create table cloudtrail_chain (
  trail text not null,
  account text not null,
  region text not null,
  period_start bigint not null,
  bucket text,
  object_key text,
  sha256 text,
  signature text,
  primary key (trail, account, region)
);

create table cloudtrail_status (
  trail text not null,
  region text not null,
  delivered_at bigint,
  attempted_at bigint,
  error text,
  digest_at bigint,
  digest_error text,
  notified_at bigint,
  notification_attempted_at bigint,
  notification_error text,
  primary key (trail, region)
);

create table cloudtrail_notification (
  id text primary key,
  trail text not null,
  region text not null,
  topic text not null,
  message text not null,
  made_at bigint not null,
  failures integer not null,
  retry_at bigint not null
);

create table cloudtrail_key (
  fingerprint text primary key,
  region text not null,
  public_key blob not null,
  sealed_key blob not null,
  valid_from bigint not null,
  valid_to bigint not null
);

-- Who delivers, so that several nodes do not all put the same objects.
create table cloudtrail_lease (
  name text primary key,
  holder text not null,
  held_until bigint not null
);
