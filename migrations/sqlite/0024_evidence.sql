-- What a check of the database compares it with, beside the events themselves. None of it keeps
-- anybody out who can write here; it shows what was changed without care for it.
create table batches (
  tablet_id blob not null references tablets (id),
  -- Numbers of the events that came with it and were new.
  first_number integer not null,
  last_number integer not null,
  -- Our clock when it arrived, and when it was sent: the same, but for a journal that was carried
  -- here by hand.
  received_at integer not null,
  sent_at integer not null,
  -- The tablet's clocks when it sent: wall time, which run of its program, and milliseconds since
  -- that began. The moments of the events follow from them.
  tablet_at integer not null,
  boot blob not null,
  uptime integer not null,
  primary key (tablet_id, last_number)
) strict, without rowid;

create table import_batches (
  num integer primary key,
  -- The imported rows of `ratings` from this number to that one, both counted.
  first_num integer not null,
  last_num integer not null,
  -- How many they are; null with no digest.
  ratings integer,
  -- BLAKE3 over the digest of the batch before and what the rows said when they were stored; null:
  -- rows from before this table, which a running server records bit by bit.
  digest blob,
  recorded_at integer not null
) strict;

-- BLAKE3 of an imported comment while it is as it came; null: there is none, or it was taken away.
alter table ratings add column comment_digest blob;

insert into import_batches (first_num, last_num, recorded_at)
  select 1, highest, 0 from (select max(num) as highest from ratings) as known
  where highest is not null;
