-- The PIN with which an officer signs in at a tablet: argon2id in PHC form, never the PIN itself;
-- null: they can not sign in. An import of officers leaves it alone.
alter table officers add column pin text;

-- Who sits where when it is not the usual officer. Where two entries overlap, the one made last
-- wins.
create table roster (
  num integer primary key,
  counter_id integer not null references counters (id),
  officer_id integer not null references officers (id),
  -- From this moment until, not including, that one.
  from_at integer not null,
  until_at integer not null,
  created_at integer not null,
  -- When it was cancelled; null: it holds.
  retired_at integer
) strict;

create index roster_by_until on roster (until_at);
