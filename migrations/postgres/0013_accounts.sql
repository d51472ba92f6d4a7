-- Who may look and who may change. Nobody is deleted: the audit log names them for ever.
create table users (
  id bigint generated always as identity primary key,
  -- What is typed at the sign-in, in small letters.
  name text not null unique,
  -- How the person is addressed.
  full_name text not null,
  -- administrator, leader, supervisor, officer or auditor.
  role text not null,
  -- The officer whose own results and invitations this is; only for the role officer.
  officer_id bigint references officers (id),
  email text,
  -- BCP 47; null: Vietnamese.
  language text,
  -- argon2id in PHC form; null: not chosen yet, or taken away.
  password text,
  -- The key of the second factor (RFC 6238); null: there is none.
  totp_secret bytea,
  -- The last time step whose code was taken: a code is good for one sign-in.
  totp_step bigint,
  created_at bigint not null,
  retired_at bigint
);

-- The departments that a supervisor answers for.
create table user_departments (
  user_id bigint not null references users (id),
  department_id bigint not null references departments (id),
  primary key (user_id, department_id)
);

-- A browser that signed in. Only the hash of its token is kept.
create table sessions (
  token_hash bytea primary key,
  user_id bigint not null references users (id),
  created_at bigint not null,
  -- To the minute.
  last_seen_at bigint not null,
  -- The password was right, the second factor is still awaited.
  pending boolean not null,
  -- What the browser calls itself, cut short: it tells a person which of their sessions this is.
  agent text not null,
  ended_at bigint
);

create index sessions_by_user on sessions (user_id);

-- A link with which somebody chooses a password, once. Only its hash is kept.
create table password_links (
  token_hash bytea primary key,
  user_id bigint not null references users (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

-- Guesses that failed, by what was guessed at and from where. Here and not in memory, so that
-- several servers count together.
create table sign_in_failures (
  -- Such as `name quan-tri` or `address 10.0.0.7`.
  subject text primary key,
  failures bigint not null,
  last_at bigint not null
);
