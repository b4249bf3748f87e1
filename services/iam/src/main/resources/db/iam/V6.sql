-- What of centralized root access an organization has enabled.
create table iam_organization_feature (
  organization text not null,
  feature text not null,
  primary key (organization, feature)
);

-- A user's are in iam_signing_certificate, whose rows belong to a user.
create table iam_root_signing_certificate (
  id text primary key,
  account text not null,
  body text not null,
  status text not null,
  uploaded_at bigint not null
);

create index iam_root_signing_certificate_account on iam_root_signing_certificate (account);
