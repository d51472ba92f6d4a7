-- Who serves whom, where. Codes come from the one-stop software and are the natural keys of every
-- import; ids are ours and small, because every rating carries them.
create table departments (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  -- Letter before the queue numbers of this department, such as the B of B001.
  ticket_prefix text,
  retired_at bigint
);

create table counters (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  department_id bigint not null references departments (id),
  retired_at bigint
);

create table officers (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  title text not null,
  department_id bigint not null references departments (id),
  -- Where the officer usually sits; a rating names the counter where it was given.
  counter_id bigint references counters (id),
  -- JPEG or PNG as tablets show it, re-encoded by us; null: initials are shown.
  photo bytea,
  retired_at bigint
);

create table procedures (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  field text not null,
  department_id bigint not null references departments (id),
  -- Working days the law gives for it.
  working_days bigint not null,
  retired_at bigint
);
