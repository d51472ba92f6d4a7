-- The tablet's Ed25519 signature over its id, the number and digest of the batch's last event and its clocks
-- (`sent`). It vouches for the whole chain up to that event. Null: stored by a version before this one.
alter table batches add column signature blob;
