-- A tablet that was retired: its token stopped, its events stay. A new code takes it back.
alter table tablets add column retired_at integer;
