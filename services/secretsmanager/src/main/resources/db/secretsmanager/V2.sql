-- How a secret rotates, and where its rotation stands: a step is what is to be done next. Whoever
-- does it has claimed the row for a while, so that no two nodes do it at once.
create table secretsmanager_rotation (
  secret text not null primary key,
  function_arn text not null,
  days integer,
  expression text,
  duration text,
  enabled integer not null,
  rotated_at bigint,
  next_at bigint,
  step text,
  version text,
  testing integer not null,
  attempts integer not null,
  due_at bigint not null,
  failure text
);

create index secretsmanager_rotation_due on secretsmanager_rotation (due_at);
