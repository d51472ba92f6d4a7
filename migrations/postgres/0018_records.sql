-- What people do about single visits: handle, redact, answer back, rule. The visit itself is never
-- edited.

-- Its comment was redacted, or its retention time is over: events that come later, or are folded
-- again, must not bring the text back.
alter table ratings add column redacted_at bigint;
-- Somebody wrote down what was done about it.
alter table ratings add column handled_at bigint;
-- An auditor ruled that it is not counted; null: it is counted.
alter table ratings add column ruled_out_at bigint;

-- Append-only.
create table rating_notes (
  num bigint generated always as identity primary key,
  -- `ratings.num`.
  rating_num bigint not null references ratings (num),
  -- One word of a fixed set, such as handled.
  kind text not null,
  at bigint not null,
  user_id bigint not null references users (id),
  -- What was written; of a redaction only the word of its reason, never what went away.
  text text not null
);

create index rating_notes_by_rating on rating_notes (rating_num);

-- Lists stand newest first and go on after (asked_at, num).
create index ratings_by_asked on ratings (asked_at, num);
create index ratings_by_department on ratings (department_id, asked_at, num);
create index ratings_by_officer on ratings (officer_id, asked_at, num);
create index ratings_by_counter on ratings (counter_id, asked_at, num);
-- What is read one by one is little beside all ratings.
create index ratings_low on ratings (asked_at, num) where level >= 4;
create index ratings_commented on ratings (asked_at, num) where comment is not null;
create index ratings_ruled_out on ratings (asked_at, num) where ruled_out_at is not null;
