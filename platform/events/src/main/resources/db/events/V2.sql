-- Data events come by the thousand and the history shows none of them, so it must not pass over
-- them one by one.
alter table event add column category text not null default 'Management';

drop index event_time;

create index event_history on event (account, region, category, time_micros, node, sequence);
