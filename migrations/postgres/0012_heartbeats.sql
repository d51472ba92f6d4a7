-- How each tablet was when it last told. Only the last word is kept; a lost one is replaced by the
-- next.
create table heartbeats (
  tablet_id uuid primary key references tablets (id),
  received_at bigint not null,
  -- The tablet's clock.
  at bigint not null,
  app_version text not null,
  -- Milliseconds since its program started, and how often it did.
  uptime bigint not null,
  boots bigint not null,
  -- Number of its last event, and how many the server had not acknowledged.
  recorded bigint not null,
  pending bigint not null,
  -- How far its clock stood before ours, milliseconds; negative: behind.
  skew_ms bigint,
  -- Percent.
  battery smallint,
  charging boolean,
  -- Bytes.
  storage_free bigint,
  -- Code of the officer on duty.
  officer text,
  questionnaire bigint,
  -- Why ratings can not be written, in one word.
  trouble text
);
