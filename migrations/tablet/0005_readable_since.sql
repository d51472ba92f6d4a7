-- From which version on a program can work with this journal: the number of the last migration that did
-- more than add. A program that knows this number opens the journal although a newer one added to it, so
-- that a tablet can go back to the release before. A migration that only adds tables, or columns that may
-- be null or have a default, leaves the number as it is; every other one sets it to its own.
pragma user_version = 5;
