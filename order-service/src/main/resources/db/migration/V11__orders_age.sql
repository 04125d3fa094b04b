-- For deleting the oldest final orders. An order enters it once, when it becomes final. A migration of its own, see V4.
CREATE INDEX orders_age ON orders (placed_at) WHERE status IN ('PAID', 'CANCELLED');
