create table sample (
  name text not null primary key,
  number integer not null,
  content blob
);

create table sealed_sample (
  name text primary key,
  content blob
);
