-- What other software of the centre shows at the door. Only the hash is kept: who reads the
-- database can not speak for a machine.
create table machine_tokens (
  num bigint generated always as identity primary key,
  -- What an administrator calls it, such as the name of the one-stop software.
  name text not null,
  -- BLAKE3 of the token.
  token_hash bytea not null unique,
  -- What it may do: words of a fixed set, a space between them.
  scopes text not null,
  created_at bigint not null,
  revoked_at bigint,
  -- To the minute.
  last_used_at bigint
);
