-- Ratings of files that tell their moments without seconds: such a one stands at the beginning of
-- its minute, and is the same visit as one that a later file tells with seconds. A table of its
-- own: they are few, and an index on all ratings would take a minute to make.
create table minute_ratings (
  -- `ratings.asked_at`, which never changes.
  asked_at integer not null,
  -- `ratings.id`.
  rating_id blob not null references ratings (id),
  primary key (asked_at, rating_id)
) strict, without rowid;

-- One row. Whoever takes queue numbers in from a file holds it, so that two take turns and nobody
-- else waits.
create table import_state (
  one integer primary key check (one = 1),
  -- When free texts that earlier versions left among the reasons became comments; null: not yet.
  free_text_moved_at integer
) strict;
insert into import_state (one) values (1);
