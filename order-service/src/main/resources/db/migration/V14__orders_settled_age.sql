-- For deleting the oldest orders that are paid or cancelled, also of later statuses. orders_age serves instances of the version
-- before and is dropped in a later one. A migration of its own, see V4.
SET LOCAL lock_timeout = '5s';

CREATE INDEX orders_settled_age ON orders (placed_at) WHERE status IN ('PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED');
