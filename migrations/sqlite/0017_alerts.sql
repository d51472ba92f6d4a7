-- What somebody should look at: raised by a rule, acknowledged and closed by a person.
create table alerts (
  num integer primary key,
  -- Made from rule, subject and occasion: however many processes find the same, it is told once.
  alert_key text not null unique,
  -- One word of a fixed set, such as tablet_silent.
  rule text not null,
  -- department, counter, officer, tablet or rating.
  subject_kind text not null,
  -- The id of that, as text; a tablet's and a rating's is a UUID.
  subject_id text not null,
  -- Whose business it is; null: the whole centre's, which only those see who see all of it.
  department_id integer references departments (id),
  counter_id integer references counters (id),
  officer_id integer references officers (id),
  -- What it tells of was simulated.
  simulated integer not null,
  -- JSON of what happened; no comment's words.
  details text not null,
  raised_at integer not null,
  acknowledged_by text,
  acknowledged_at integer,
  closed_by text,
  closed_at integer,
  -- What was done; null when it closed by itself.
  note text
) strict;

create index alerts_open on alerts (department_id) where closed_at is null;
create index alerts_of_subject on alerts (rule, subject_id) where closed_at is null;
create index alerts_by_raised on alerts (raised_at);

-- How far the rules have read the changes of ratings. Whoever raises alerts takes this row first,
-- so that processes take turns.
create table alert_cursor (
  one integer primary key check (one = 1),
  position integer not null
) strict;

-- Where other software is told.
create table alert_webhooks (
  num integer primary key,
  address text not null,
  -- Signs every delivery; never shown again and in no log.
  secret text not null,
  -- Words of the rules, parted by commas.
  rules text not null,
  created_at integer not null,
  created_by text not null,
  retired_at integer
) strict;

-- Who is told by mail.
create table alert_subscriptions (
  user_id integer primary key references users (id),
  -- Words of the rules, parted by commas.
  rules text not null,
  changed_at integer not null
) strict;

-- The outbox: what is to be told to whom, and how each attempt went.
create table alert_deliveries (
  num integer primary key,
  -- Told to the receiver, so that one that comes twice is known.
  id blob not null unique,
  -- Null: a test.
  alert_num integer references alerts (num),
  -- mail or webhook.
  channel text not null,
  -- A mail address or a web address.
  target text not null,
  webhook_num integer references alert_webhooks (num),
  user_id integer references users (id),
  -- waiting, delivered or failed.
  status text not null,
  attempts integer not null,
  created_at integer not null,
  next_at integer not null,
  -- Until when it belongs to the process that took it; a process that died loses it then.
  claimed_until integer,
  finished_at integer,
  -- What the receiver said last, cut short.
  answer text
) strict;

create index alert_deliveries_due on alert_deliveries (next_at) where status = 'waiting';
create index alert_deliveries_of on alert_deliveries (alert_num);

-- The share of a rolling window is counted from the ratings of its days.
create index ratings_by_answer on ratings (answered_at) where level is not null;
