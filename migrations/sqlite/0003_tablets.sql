-- A code admits one tablet, once. Only its hash is kept: who reads the database can not enrol.
create table enrolment_codes (
  code_hash blob primary key,
  counter_id integer not null references counters (id),
  -- Whom the tablet asks about; null: the counter's officer with the lowest code.
  officer_id integer references officers (id),
  -- 1 receive, 2 return; null: the counter does both.
  stage integer,
  -- Ratings of this tablet are simulated and marked as such wherever they are shown.
  simulated integer not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer,
  tablet_id blob
) strict;

create table tablets (
  id blob primary key,
  counter_id integer not null references counters (id),
  officer_id integer references officers (id),
  stage integer,
  simulated integer not null,
  -- Ed25519; signs every batch.
  public_key blob not null,
  -- BLAKE3 of the bearer token.
  token_hash blob not null,
  app_version text not null,
  enrolled_at integer not null,
  last_contact_at integer,
  -- End of the chain as stored in `events`: kept here so that an append reads one row.
  head_number integer not null default 0,
  head_digest blob not null
) strict;
