-- How each tablet was when it last told. Only the last word is kept; a lost one is replaced by the
-- next.
create table heartbeats (
  tablet_id blob primary key references tablets (id),
  received_at integer not null,
  -- The tablet's clock.
  at integer not null,
  app_version text not null,
  -- Milliseconds since its program started, and how often it did.
  uptime integer not null,
  boots integer not null,
  -- Number of its last event, and how many the server had not acknowledged.
  recorded integer not null,
  pending integer not null,
  -- How far its clock stood before ours, milliseconds; negative: behind.
  skew_ms integer,
  -- Percent.
  battery integer,
  charging integer,
  -- Bytes.
  storage_free integer,
  -- Code of the officer on duty.
  officer text,
  questionnaire integer,
  -- Why ratings can not be written, in one word.
  trouble text
) strict;
