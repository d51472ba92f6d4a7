-- The event of a tablet that does not get through to us, as its newest heartbeat tells: its number, since
-- when, and the HTTP status of the refusal. All null while its events pass.
alter table heartbeats add column blocked_number bigint;
alter table heartbeats add column blocked_since bigint;
alter table heartbeats add column blocked_status smallint;
