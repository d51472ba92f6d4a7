-- The tablet's journal: every event it ever recorded and has not yet let go of, and what it needs
-- to carry them to the server.

create table events (
    -- Place in the tablet's chain: 1, 2, 3 … without gaps. Old acknowledged events are pruned from
    -- the front; the newest acknowledged one always stays, so a batch can name what it follows.
    number  integer primary key check (number > 0),
    session blob    not null check (length(session) = 16),
    -- Wall time of the event, milliseconds since 1970; pruning goes by it.
    at      integer not null,
    -- The event's exact bytes: hashed, sent and never written again.
    bytes   blob    not null,
    -- BLAKE3 over the digest before and these bytes.
    digest  blob    not null check (length(digest) = 32)
) strict;

-- Who this tablet is. One row, made at the first enrolment, before the server is asked.
create table tablet (
    id         integer primary key check (id = 1),
    server     text    not null,
    secret_key blob    not null check (length(secret_key) = 32),
    token      blob    not null check (length(token) = 32),
    -- Both null until the server has answered.
    tablet     blob    check (length(tablet) = 16),
    counter    text,
    -- How often the journal was opened for writing: a technician's hint at a tablet that restarts.
    boots      integer not null default 1
) strict;

-- How far recording and carrying have come. One row, made when the server has answered. It is
-- written in the same transaction as the events, so events that were cut off its end are noticed.
create table progress (
    id           integer primary key check (id = 1),
    head_number  integer not null check (head_number >= 0),
    head_digest  blob    not null check (length(head_digest) = 32),
    -- Number of the last event that the server has, by a digest that this journal could compare.
    acknowledged integer not null default 0 check (acknowledged between 0 and head_number),
    -- When the server last answered, milliseconds since 1970.
    contact      integer
) strict;

-- The last settings that the server gave, in its bytes; the tablet works from them offline.
create table settings (
    id   integer primary key check (id = 1),
    json text not null,
    etag text
) strict;
