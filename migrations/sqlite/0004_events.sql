-- Everything that tablets said, in the exact bytes they said it in. Append-only.
create table events (
  tablet_id blob not null references tablets (id),
  -- 1, 2, 3 … without gaps.
  number integer not null,
  -- BLAKE3 over the digest before it and the bytes.
  digest blob not null,
  -- Null when the bytes can not be read as an event; then it is in quarantine.
  session_id blob,
  kind text,
  -- The tablet's clock, and the same moment by ours: the offset is taken when the batch arrives.
  claimed_at integer,
  corrected_at integer not null,
  received_at integer not null,
  bytes blob not null,
  primary key (tablet_id, number)
) strict, without rowid;

-- Authentic events that can not be counted as they are. They wait for a person; the chain does not.
create table quarantine (
  tablet_id blob not null,
  number integer not null,
  -- One word of a fixed set, such as unknown_officer.
  reason text not null,
  detail text not null,
  created_at integer not null,
  resolved_at integer,
  primary key (tablet_id, number)
) strict, without rowid;

-- What a person must look into because a machine can not: two chains under one identity.
create table alarms (
  num integer primary key,
  tablet_id blob not null,
  kind text not null,
  detail text not null,
  created_at integer not null,
  closed_at integer,
  -- The same trouble is told once, however often the tablet comes back with it.
  unique (tablet_id, kind, detail)
) strict;
