-- A person at a counter is asked about one service. Other software makes invitations; one tablet of
-- the counter gets each.
create table invitations (
  num bigint generated always as identity primary key,
  -- The asker's own, or ours where they named none.
  id uuid not null unique,
  counter_id bigint not null references counters (id),
  -- Whom it asks about; null: whoever is on duty at the tablet.
  officer_id bigint references officers (id),
  -- 1 receive, 2 return; null: not known.
  stage smallint,
  dossier text,
  ticket text,
  created_at bigint not null,
  -- Until when it may open.
  expires_at bigint not null,
  -- Name of the machine token, or a command such as `command line`.
  actor text not null,
  -- The tablet that got it; from then on no other one does.
  tablet_id uuid,
  delivered_at bigint,
  -- The visit it opened, as the tablet's events tell.
  shown_at bigint,
  session_id uuid,
  -- 1 answered, 2 abandoned, 3 superseded; null: none of these yet. That it expired is not
  -- written: it follows from the moment.
  outcome smallint,
  outcome_at bigint
);

-- Those that may still open are few, and they are asked for often.
create index invitations_by_expiry on invitations (expires_at);
