-- Chains that go on from another tablet's. Its events were recorded there first; what the server has
-- of them already is counted once.
create table continuations (
  tablet_id uuid not null references tablets (id),
  -- Number of the event in which the tablet says so; 0: a journal that an administrator brought by
  -- hand as the continuation, whose chain begins at the head below.
  number bigint not null,
  -- The tablet that is continued; it may not be known here any more.
  continues_id uuid not null,
  -- The last event of it that is acknowledged, as the tablet says.
  head_number bigint not null,
  head_digest bytea not null,
  -- When it became known.
  created_at bigint not null,
  primary key (tablet_id, number)
);
