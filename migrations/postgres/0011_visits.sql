-- What an invitation told about a visit.
alter table ratings add column ticket text;
alter table ratings add column invitation uuid;

-- One rating a dossier and stage: asked for with every invitation and every answer.
create index ratings_by_dossier on ratings (dossier) where dossier is not null;
-- The visit before this one at the same tablet.
create index ratings_by_tablet on ratings (tablet_id, answered_at) where tablet_id is not null;

-- Ratings that a named rule found odd. They are counted like all others; a report tells how many
-- there are.
create table rating_flags (
  -- `ratings.id`.
  rating_id uuid not null,
  -- One word of a fixed set, such as quick_repeat.
  rule text not null,
  created_at bigint not null,
  primary key (rating_id, rule)
);
