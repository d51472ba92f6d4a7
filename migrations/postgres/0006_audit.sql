-- Who changed what, and when. Append-only.
create table audit_log (
  num bigint generated always as identity primary key,
  at bigint not null,
  -- A person, a token or a command, such as `command line`.
  actor text not null,
  action text not null,
  subject text not null,
  -- JSON of what was and what is.
  before text,
  after text
);
