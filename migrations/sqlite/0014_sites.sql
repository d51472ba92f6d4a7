-- Where counters stand: the province's centre and the communes' one-stop desks.
create table sites (
  id integer primary key,
  code text not null unique,
  name text not null,
  -- province or commune.
  kind text not null,
  retired_at integer
) strict;

-- Null: the centre itself, as before there were sites.
alter table counters add column site_id integer references sites (id);
