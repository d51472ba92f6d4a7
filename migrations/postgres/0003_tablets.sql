-- A code admits one tablet, once. Only its hash is kept: who reads the database can not enrol.
create table enrolment_codes (
  code_hash bytea primary key,
  counter_id bigint not null references counters (id),
  -- Whom the tablet asks about; null: the counter's officer with the lowest code.
  officer_id bigint references officers (id),
  -- 1 receive, 2 return; null: the counter does both.
  stage smallint,
  -- Ratings of this tablet are simulated and marked as such wherever they are shown.
  simulated boolean not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  tablet_id uuid
);

create table tablets (
  id uuid primary key,
  counter_id bigint not null references counters (id),
  officer_id bigint references officers (id),
  stage smallint,
  simulated boolean not null,
  -- Ed25519; signs every batch.
  public_key bytea not null,
  -- BLAKE3 of the bearer token.
  token_hash bytea not null,
  app_version text not null,
  enrolled_at bigint not null,
  last_contact_at bigint,
  -- End of the chain as stored in `events`: kept here so that an append reads one row.
  head_number bigint not null default 0,
  head_digest bytea not null
);
