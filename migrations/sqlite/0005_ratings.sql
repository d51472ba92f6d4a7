-- One visit that was asked. It is a rating once it has a level. Derived from `events` for tablets,
-- and from files of earlier systems for imports.
create table ratings (
  -- Ours, small: the derived columns find a changed row by it.
  num integer primary key,
  -- The session of the tablet, or a hash of an imported row's own words.
  id blob not null unique,
  -- 1 tablet, 2 imported. An imported rating is in no tablet's chain.
  source integer not null,
  tablet_id blob,
  simulated integer not null,
  counter_id integer not null references counters (id),
  officer_id integer not null references officers (id),
  -- The officer's department at that time; a later move does not rewrite history.
  department_id integer not null references departments (id),
  -- 1 receive, 2 return; null: not known.
  stage integer,
  -- 1 five levels, 2 three levels. Levels of different scales are never mapped onto one another.
  scale integer not null,
  questionnaire integer,
  language text,
  dossier text,
  -- The moment that decides the day it counts for; never changes.
  asked_at integer not null,
  answered_at integer,
  abandoned_at integer,
  -- 1 very satisfied … 5 very dissatisfied; null: not answered.
  level integer,
  -- The first choice, where a second one took its place.
  first_level integer,
  -- JSON: ids of reasons, levels by aspect. Free text apart, because it has a retention time.
  reasons text,
  aspects text,
  comment text,
  -- Place in the order of changes; see installation.position.
  position integer not null
) strict;

create index ratings_by_position on ratings (position);
