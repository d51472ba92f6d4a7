-- One visit that was asked. It is a rating once it has a level. Derived from `events` for tablets,
-- and from files of earlier systems for imports.
create table ratings (
  -- Ours, small: the derived columns find a changed row by it.
  num bigint generated always as identity primary key,
  -- The session of the tablet, or a hash of an imported row's own words.
  id uuid not null unique,
  -- 1 tablet, 2 imported. An imported rating is in no tablet's chain.
  source smallint not null,
  tablet_id uuid,
  simulated boolean not null,
  counter_id bigint not null references counters (id),
  officer_id bigint not null references officers (id),
  -- The officer's department at that time; a later move does not rewrite history.
  department_id bigint not null references departments (id),
  -- 1 receive, 2 return; null: not known.
  stage smallint,
  -- 1 five levels, 2 three levels. Levels of different scales are never mapped onto one another.
  scale smallint not null,
  questionnaire bigint,
  language text,
  dossier text,
  -- The moment that decides the day it counts for; never changes.
  asked_at bigint not null,
  answered_at bigint,
  abandoned_at bigint,
  -- 1 very satisfied … 5 very dissatisfied; null: not answered.
  level smallint,
  -- The first choice, where a second one took its place.
  first_level smallint,
  -- JSON: ids of reasons, levels by aspect. Free text apart, because it has a retention time.
  reasons text,
  aspects text,
  comment text,
  -- Place in the order of changes; see installation.position.
  position bigint not null
);

create index ratings_by_position on ratings (position);
