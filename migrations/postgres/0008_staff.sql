-- The PIN with which an officer signs in at a tablet: argon2id in PHC form, never the PIN itself;
-- null: they can not sign in. An import of officers leaves it alone.
alter table officers add column pin text;

-- Who sits where when it is not the usual officer. Where two entries overlap, the one made last
-- wins.
create table roster (
  num bigint generated always as identity primary key,
  counter_id bigint not null references counters (id),
  officer_id bigint not null references officers (id),
  -- From this moment until, not including, that one.
  from_at bigint not null,
  until_at bigint not null,
  created_at bigint not null,
  -- When it was cancelled; null: it holds.
  retired_at bigint
);

create index roster_by_until on roster (until_at);
