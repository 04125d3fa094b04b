-- The tenant of the order, as its event says. Rows from before have the default, and so do those of events without a tenant. Where
-- orders already had other tenants, their rows here get them by hand, from order-service's orders, before events are handled again.
-- A default that does not change rows keeps this short.

-- A change that waits for a long transaction keeps all others waiting. Without this limit events would stand still meanwhile; with
-- it, the start fails and is tried again.
SET LOCAL lock_timeout = '5s';

ALTER TABLE reservation ADD COLUMN tenant varchar(64) COLLATE "C" NOT NULL DEFAULT 'demo';
