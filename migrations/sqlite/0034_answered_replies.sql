-- An officer's reply is answered by what is said to it, or by a ruling. Until now any later note answered
-- it: those notes keep that, and what was done about the visit later on answers nobody.
-- It is read of 'handled' and 'further' alone. SQLite can not change a default later on, so these rows
-- are written, in place of the default that PostgreSQL gives to all that stand.
alter table rating_notes add column answers_reply integer not null default 0;

update rating_notes set answers_reply = 1 where kind in ('handled', 'further');

-- Changes are looked for among all lines: who has which name, who saved the draft last.
create index audit_log_changes on audit_log (num) where action = 'change';
