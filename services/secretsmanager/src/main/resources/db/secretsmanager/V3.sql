-- Lists go by the time of creation unless they are asked otherwise.
create index secretsmanager_secret_created on secretsmanager_secret
  (account, region, created_at, name);
