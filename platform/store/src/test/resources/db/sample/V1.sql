create table sample (
  name text not null primary key,
  number integer not null,
  content blob
);
