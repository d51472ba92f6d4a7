-- What is rare among a million visits is found without walking through the others: visits of which
-- somebody told why, visits of which somebody wrote down what was done, and those of one procedure.
create index ratings_reasoned on ratings (asked_at, num) where reasons is not null;
create index ratings_handled on ratings (asked_at, num) where handled_at is not null;
create index ratings_by_procedure on ratings (procedure_id, asked_at, num)
    where procedure_id is not null;

-- Lists and files show answered visits alone, so the indexes of their orders tell those apart: what
-- is counted is counted in the index. The first holds all, so that an index of what is rare is
-- preferred to it.
drop index ratings_by_asked;
create index ratings_by_asked on ratings (asked_at, num, level);
drop index ratings_by_department;
drop index ratings_by_officer;
drop index ratings_by_counter;
create index ratings_by_department on ratings (department_id, asked_at, num)
    where level is not null;
create index ratings_by_officer on ratings (officer_id, asked_at, num) where level is not null;
create index ratings_by_counter on ratings (counter_id, asked_at, num) where level is not null;
