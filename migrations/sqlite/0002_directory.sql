-- Who serves whom, where. Codes come from the one-stop software and are the natural keys of every
-- import; ids are ours and small, because every rating carries them.
create table departments (
  id integer primary key,
  code text not null unique,
  name text not null,
  -- Letter before the queue numbers of this department, such as the B of B001.
  ticket_prefix text,
  retired_at integer
) strict;

create table counters (
  id integer primary key,
  code text not null unique,
  name text not null,
  department_id integer not null references departments (id),
  retired_at integer
) strict;

create table officers (
  id integer primary key,
  code text not null unique,
  name text not null,
  title text not null,
  department_id integer not null references departments (id),
  -- Where the officer usually sits; a rating names the counter where it was given.
  counter_id integer references counters (id),
  -- JPEG or PNG as tablets show it, re-encoded by us; null: initials are shown.
  photo blob,
  retired_at integer
) strict;

create table procedures (
  id integer primary key,
  code text not null unique,
  name text not null,
  field text not null,
  department_id integer not null references departments (id),
  -- Working days the law gives for it.
  working_days integer not null,
  retired_at integer
) strict;
