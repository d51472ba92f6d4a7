-- What another machine last told under the same identity, while a fork of its chain is noted: when, and
-- how many events it had not sent. Null where no other one speaks.
alter table heartbeats add column other_at bigint;
alter table heartbeats add column other_pending bigint;
