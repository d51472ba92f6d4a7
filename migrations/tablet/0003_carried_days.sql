-- Up to which event the server had everything on each day, by the server's clock: what is old enough to
-- be let go is told by that alone. The tablet's own clock may stand anywhere.
create table carried_days (
    -- Days since 1970, UTC.
    day    integer primary key,
    -- Number of the last event that was acknowledged when the day was first heard of.
    number integer not null check (number >= 0),
    -- Events that were let go on this day.
    let_go integer not null default 0 check (let_go >= 0)
) strict;
