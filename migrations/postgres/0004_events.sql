-- Everything that tablets said, in the exact bytes they said it in. Append-only.
create table events (
  tablet_id uuid not null references tablets (id),
  -- 1, 2, 3 … without gaps.
  number bigint not null,
  -- BLAKE3 over the digest before it and the bytes.
  digest bytea not null,
  -- Null when the bytes can not be read as an event; then it is in quarantine.
  session_id uuid,
  kind text,
  -- The tablet's clock, and the same moment by ours: the offset is taken when the batch arrives.
  claimed_at bigint,
  corrected_at bigint not null,
  received_at bigint not null,
  bytes bytea not null,
  primary key (tablet_id, number)
);

-- Authentic events that can not be counted as they are. They wait for a person; the chain does not.
create table quarantine (
  tablet_id uuid not null,
  number bigint not null,
  -- One word of a fixed set, such as unknown_officer.
  reason text not null,
  detail text not null,
  created_at bigint not null,
  resolved_at bigint,
  primary key (tablet_id, number)
);

-- What a person must look into because a machine can not: two chains under one identity.
create table alarms (
  num bigint generated always as identity primary key,
  tablet_id uuid not null,
  kind text not null,
  detail text not null,
  created_at bigint not null,
  closed_at bigint,
  -- The same trouble is told once, however often the tablet comes back with it.
  unique (tablet_id, kind, detail)
);
