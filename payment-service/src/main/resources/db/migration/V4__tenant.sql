-- The tenant of the order, as its event says. Rows from before, and those of events without a tenant, have the only tenant that there
-- was; instances of the version before write no other. A default that does not change rows keeps this short.

-- A change that waits for a long transaction keeps all others waiting. Without this limit events would stand still meanwhile; with
-- it, the start fails and is tried again.
SET LOCAL lock_timeout = '5s';

ALTER TABLE payment ADD COLUMN tenant varchar(64) COLLATE "C" NOT NULL DEFAULT 'demo';
