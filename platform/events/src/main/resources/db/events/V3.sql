-- What is not new any more is kept compressed, a stretch of a node's events at a time: a run. Of a
-- run there is a segment for each account, Region and category, so that nobody's history has to be
-- looked for among everybody's.
create table event_segment (
  id integer primary key,
  node integer not null,
  run_last integer not null,
  account text not null,
  region text not null,
  category text not null,
  from_micros bigint not null,
  to_micros bigint not null,
  event_count integer not null,
  byte_count integer not null,
  content blob not null
);

create index event_segment_run on event_segment (node, run_last);
create index event_segment_history on event_segment
  (account, region, category, to_micros, from_micros, id);
create index event_segment_age on event_segment (to_micros, id);

-- Which segments have an event with a value. Hashes may clash: who finds a segment looks into it.
create table event_lookup (
  hash bigint not null,
  to_micros bigint not null,
  segment integer not null,
  primary key (hash, to_micros, segment)
);
