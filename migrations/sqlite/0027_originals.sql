-- What stood in a comment before a redaction: kept apart for thirty days, for an auditor who may put
-- it back. No list, search, export or API reads this table. A row goes when the comment was put back,
-- when its thirty days are over, or when the comment's own term is over.
create table redacted_comments (
  -- The note that tells of the redaction.
  note_num integer primary key references rating_notes (num),
  -- `ratings.num`.
  rating_num integer not null references ratings (num),
  -- When it was redacted; the thirty days begin here.
  at integer not null,
  was text not null,
  -- `ratings.redacted_at` and `ratings.comment_digest` as they were before.
  was_redacted_at integer,
  was_digest blob
) strict;

create index redacted_comments_by_rating on redacted_comments (rating_num);
create index redacted_comments_by_time on redacted_comments (at);

-- Notes were copied into the audit log in full, which outlived the terms of comments. They stand
-- beside their visit; the log tells only that they were written.
update audit_log set after = null where action in ('handled', 'further', 'reply', 'ruled_out', 'ruled_in')
  and subject like 'rating %';
