-- What people outside were told, as it was told: the public page, the hall's screen, programs
-- without the scope and documents for publication read these rows and nothing newer, and so does
-- an officer's own page. Append-only; a step follows another only with enough answers between.
create table published_steps (
  num integer primary key,
  -- 0 the whole centre; otherwise `officers.id`.
  subject integer not null,
  -- Policy and period, such as `calendar 2023-09`.
  period text not null,
  -- 1, 2, 3 … within subject and period.
  step integer not null,
  told_at integer not null,
  -- JSON: up to which day, the groups that were told, and what each is made of.
  figures text not null,
  unique (subject, period, step)
) strict;

-- Low, flagged and commented visits that came to an officer's page with a step.
create table published_items (
  -- Random, so that neither it nor the order by it says when the visit was.
  handle blob primary key,
  officer_id integer not null references officers (id),
  -- The period whose step brought it.
  period text not null,
  -- `ratings.num`.
  rating_num integer not null references ratings (num),
  -- 1 it may be replied to, 2 it has a comment.
  kind integer not null,
  -- JSON: what was told of it. Never the comment, which may be redacted.
  told text not null,
  told_at integer not null,
  unique (rating_num, kind)
) strict, without rowid;

create index published_items_by_officer on published_items (officer_id, period);

-- The last invitation of an officer.
create index invitations_by_officer on invitations (officer_id, num);
