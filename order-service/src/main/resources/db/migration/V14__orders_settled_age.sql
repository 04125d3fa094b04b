-- For deleting the oldest orders that are paid or cancelled; replaces orders_age. A migration of its own, see V4.
CREATE INDEX orders_settled_age ON orders (placed_at) WHERE status IN ('PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED');
DROP INDEX orders_age;
