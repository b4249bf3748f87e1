-- Who may do what one process alone may do, and until when; the term counts the changes of hands.
create table lease (
  name text not null primary key,
  holder text not null,
  until bigint not null,
  term bigint not null
);

-- The one row that PostgreSQL's nodes lock in turn, so that changes are serial over all of them.
create table writer_lock (
  id integer not null primary key
);

insert into writer_lock (id) values (1);

-- PostgreSQL's nodes learn here that what they cached is out of date.
create table change_stamp (
  topic text not null primary key,
  stamp bigint not null
);

-- What the whole store has one of.
create table store_value (
  name text not null primary key,
  content blob not null
);
