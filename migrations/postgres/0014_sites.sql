-- Where counters stand: the province's centre and the communes' one-stop desks.
create table sites (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  -- province or commune.
  kind text not null,
  retired_at bigint
);

-- Null: the centre itself, as before there were sites.
alter table counters add column site_id bigint references sites (id);
