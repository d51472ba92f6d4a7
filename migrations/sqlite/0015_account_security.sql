-- Codes that stand in for a second factor that is lost, each once. Only hashes are kept.
create table recovery_codes (
  code_hash blob primary key,
  user_id integer not null references users (id),
  created_at integer not null,
  used_at integer
) strict, without rowid;

create index recovery_codes_by_user on recovery_codes (user_id);

-- The key of a second factor that was shown and awaits its first code; only then it holds.
alter table users add column totp_offered blob;
