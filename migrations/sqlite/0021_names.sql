-- The clock of names. Whoever changes sites, departments, counters, officers or procedures moves it
-- on in the same transaction, last, like the change clock beside it: a process that remembers them
-- asks this row alone whether they are still what it remembers.
alter table installation add column names integer not null default 0;
