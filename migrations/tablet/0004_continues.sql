-- A tablet whose chain can not go on under its own identity is enrolled as another tablet that
-- continues it: its data was copied or set back, or its server lost what it no longer keeps.

-- Why the server's chain and this one have forked; null while they have not, as far as is known.
alter table progress add column forked text;

-- Key and token with which this tablet asks to become another one. Kept before the server is asked,
-- so that a lost answer can be asked for again; a copy of the data has the key of before.
create table next_identity (
    id         integer primary key check (id = 1),
    secret_key blob not null check (length(secret_key) = 32),
    token      blob not null check (length(token) = 32)
) strict;

-- The tablets that this one was before.
create table continued (
    tablet      blob    primary key check (length(tablet) = 16),
    -- The end of that chain.
    head_number integer not null check (head_number >= 0),
    head_digest blob    not null check (length(head_digest) = 32),
    -- Number, in the chain that continues it, of the last event that was carried over. Once that is
    -- acknowledged the server has all of it, and the events below are let go.
    carried     integer not null check (carried > 0)
) strict;

-- Events of those tablets as they were recorded, under the numbers they had; columns as in `events`.
create table continued_events (
    tablet  blob    not null references continued (tablet),
    number  integer not null check (number > 0),
    session blob    not null check (length(session) = 16),
    at      integer not null,
    bytes   blob    not null,
    digest  blob    not null check (length(digest) = 32),
    primary key (tablet, number)
) strict;
