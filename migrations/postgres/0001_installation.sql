-- What there is exactly once in a database.
create table installation (
  one smallint primary key check (one = 1),
  -- Tells this database from any other: derived columns on disk belong to one database only.
  id uuid not null,
  -- 32 random bytes; keys the hash that takes the place of a dossier code in exports.
  secret bytea not null,
  created_at bigint not null,
  -- The change clock. Every change of a rating takes the next position; the row is updated in the
  -- same transaction, so positions become visible in the order in which they were given, on
  -- PostgreSQL too (the row lock is held until the commit). Readers catch up by position.
  position bigint not null default 0
);

-- Settings of the centre, one JSON value a name.
create table settings (
  name text primary key,
  value text not null,
  changed_at bigint not null
);
