-- When its asker took an invitation back. It says nothing of the person who was asked: it is written
-- also where the invitation stood on a screen already, and its outcome is what the tablet's events tell.
alter table invitations add column cancelled_at integer;
