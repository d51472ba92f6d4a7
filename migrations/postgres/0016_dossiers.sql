-- Dossiers as the one-stop software tells them. They name the procedure and the channel of the
-- ratings that were given for them.
create table dossiers (
  id bigint generated always as identity primary key,
  -- Such as H53.02-230914-0027; never shown with a rating.
  code text not null unique,
  procedure_id bigint not null references procedures (id),
  -- 1 in person, 2 by post, 3 online in full, 4 online in part.
  channel smallint not null,
  received_at bigint not null,
  due_at bigint not null,
  -- Null: not returned yet.
  returned_at bigint,
  -- As the one-stop software words it.
  status text not null,
  -- Who received it and where; null: the software does not say.
  officer_id bigint references officers (id),
  counter_id bigint references counters (id)
);

-- Queue numbers. Rows and not counts, because only a row can be told from one that is there
-- already: files of a queue system overlap.
create table queue_tickets (
  -- When it was drawn, where and which: what tells it from all others.
  taken_at bigint not null,
  counter_id bigint not null references counters (id),
  number text not null,
  -- Null: the person had gone.
  called_at bigint,
  done_at bigint,
  primary key (taken_at, counter_id, number)
);

-- The same, counted: kept with each ticket that comes, so that a page need not count them.
create table queue_days (
  -- Days since 1970-01-01 in the centre's time zone.
  day bigint not null,
  counter_id bigint not null references counters (id),
  -- Numbers drawn, and people served.
  tickets bigint not null,
  served bigint not null,
  primary key (day, counter_id)
);

-- Of the dossier, where it is known; whichever comes first, rating or dossier.
alter table ratings add column procedure_id bigint references procedures (id);
alter table ratings add column channel smallint;
