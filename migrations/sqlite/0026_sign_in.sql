-- When the person at the browser last gave their password in this session; dangerous acts ask for
-- it again after a while. Null: they never did, or an older version began the session.
alter table sessions add column confirmed_at integer;
