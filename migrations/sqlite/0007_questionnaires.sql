-- What is asked, version by version. A published version never changes: events name the one they
-- were given under. Tablets get the newest.
create table questionnaires (
  version integer primary key,
  -- A `protocol::questionnaire::Questionnaire`.
  json text not null,
  published_at integer not null,
  -- A person or a command, such as `command line`.
  actor text not null
) strict;
