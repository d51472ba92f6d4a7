-- A rating names the department its officer served at that moment, whenever it arrives; and whoever
-- follows the changes is told when the database went back to an earlier state.

-- The departments of officers over time: each holds from its moment until the next one's.
create table officer_departments (
  officer_id integer not null references officers (id),
  -- Milliseconds since 1970-01-01 UTC; 0: since ever.
  since integer not null,
  department_id integer not null references departments (id),
  primary key (officer_id, since)
) strict, without rowid;

insert into officer_departments (officer_id, since, department_id)
select id, 0, department_id from officers;

-- Which history the positions of the change clock belong to: another number means that some of them
-- were given again. 0: none was chosen yet, which the next start does.
alter table installation add column epoch integer not null default 0;
