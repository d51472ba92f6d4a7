-- Some people say why they give no level: they do not want to rate, or the tablet showed another
-- officer than the one who served them.
-- 1 declined, 2 officer disputed; null: a level, or left without a word.
alter table ratings add column unrated smallint;

create index ratings_unrated on ratings (asked_at) where unrated is not null;
