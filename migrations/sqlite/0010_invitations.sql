-- A person at a counter is asked about one service. Other software makes invitations; one tablet of
-- the counter gets each.
create table invitations (
  num integer primary key,
  -- The asker's own, or ours where they named none.
  id blob not null unique,
  counter_id integer not null references counters (id),
  -- Whom it asks about; null: whoever is on duty at the tablet.
  officer_id integer references officers (id),
  -- 1 receive, 2 return; null: not known.
  stage integer,
  dossier text,
  ticket text,
  created_at integer not null,
  -- Until when it may open.
  expires_at integer not null,
  -- Name of the machine token, or a command such as `command line`.
  actor text not null,
  -- The tablet that got it; from then on no other one does.
  tablet_id blob,
  delivered_at integer,
  -- The visit it opened, as the tablet's events tell.
  shown_at integer,
  session_id blob,
  -- 1 answered, 2 abandoned, 3 superseded; null: none of these yet. That it expired is not
  -- written: it follows from the moment.
  outcome integer,
  outcome_at integer
) strict;

-- Those that may still open are few, and they are asked for often.
create index invitations_by_expiry on invitations (expires_at);
