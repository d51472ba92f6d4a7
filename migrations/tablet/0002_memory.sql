-- What the tablet has to know again after a restart and is no event: who is signed in, how often a
-- wrong PIN was typed, which invitation was fetched last. One value a name; losing a row costs a
-- convenience, never a rating.
create table memory (
    name  text primary key,
    value text not null
) strict;
