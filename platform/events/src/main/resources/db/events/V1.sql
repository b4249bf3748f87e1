-- An event must be cheap to append, so it is found by its node's order and by its time only.
create table event (
  node integer not null,
  sequence integer not null,
  time_micros bigint not null,
  event_id text not null,
  account text not null,
  region text not null,
  event_source text not null,
  event_name text not null,
  read_only integer not null,
  username text,
  access_key_id text,
  resources text not null,
  record blob not null,
  primary key (node, sequence)
);

create index event_time on event (account, region, time_micros, node, sequence);

create table event_consumer (
  consumer text not null,
  node integer not null,
  sequence integer not null,
  primary key (consumer, node)
);
