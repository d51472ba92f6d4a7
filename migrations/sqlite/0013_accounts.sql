-- Who may look and who may change. Nobody is deleted: the audit log names them for ever.
create table users (
  id integer primary key,
  -- What is typed at the sign-in, in small letters.
  name text not null unique,
  -- How the person is addressed.
  full_name text not null,
  -- administrator, leader, supervisor, officer or auditor.
  role text not null,
  -- The officer whose own results and invitations this is; only for the role officer.
  officer_id integer references officers (id),
  email text,
  -- BCP 47; null: Vietnamese.
  language text,
  -- argon2id in PHC form; null: not chosen yet, or taken away.
  password text,
  -- The key of the second factor (RFC 6238); null: there is none.
  totp_secret blob,
  -- The last time step whose code was taken: a code is good for one sign-in.
  totp_step integer,
  created_at integer not null,
  retired_at integer
) strict;

-- The departments that a supervisor answers for.
create table user_departments (
  user_id integer not null references users (id),
  department_id integer not null references departments (id),
  primary key (user_id, department_id)
) strict, without rowid;

-- A browser that signed in. Only the hash of its token is kept.
create table sessions (
  token_hash blob primary key,
  user_id integer not null references users (id),
  created_at integer not null,
  -- To the minute.
  last_seen_at integer not null,
  -- The password was right, the second factor is still awaited.
  pending integer not null,
  -- What the browser calls itself, cut short: it tells a person which of their sessions this is.
  agent text not null,
  ended_at integer
) strict, without rowid;

create index sessions_by_user on sessions (user_id);

-- A link with which somebody chooses a password, once. Only its hash is kept.
create table password_links (
  token_hash blob primary key,
  user_id integer not null references users (id),
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict, without rowid;

-- Guesses that failed, by what was guessed at and from where. Here and not in memory, so that
-- several servers count together.
create table sign_in_failures (
  -- Such as `name quan-tri` or `address 10.0.0.7`.
  subject text primary key,
  failures integer not null,
  last_at integer not null
) strict, without rowid;
