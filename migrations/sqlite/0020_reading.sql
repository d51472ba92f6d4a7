-- What is rare among a million visits is found without walking through the others: visits of which
-- somebody told why, visits of which somebody wrote down what was done, and those of one procedure.
create index ratings_reasoned on ratings (asked_at, num) where reasons is not null;
create index ratings_handled on ratings (asked_at, num) where handled_at is not null;
create index ratings_by_procedure on ratings (procedure_id, asked_at, num) where procedure_id is not null;
