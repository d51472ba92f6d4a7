-- An officer's reply is answered by what is said to it, or by a ruling. Until now any later note answered
-- it: those notes keep that, and what was done about the visit later on answers nobody.
-- Those that stand get the value by the default of this moment, which rewrites no row: an update of all
-- would hold up everybody who writes notes. So it is true of old notes of every kind; it is read of
-- 'handled' and 'further' alone, the only ones that it is about.
alter table rating_notes add column answers_reply boolean not null default true;
alter table rating_notes alter column answers_reply set default false;

-- Changes are looked for among all lines: who has which name, who saved the draft last.
create index audit_log_changes on audit_log (num) where action = 'change';
