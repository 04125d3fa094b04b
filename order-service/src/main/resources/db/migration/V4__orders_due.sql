-- Finds the orders that are not paid in time. Orders without a deadline are not in it, and cost nothing.
-- A migration of its own: while it scans the table, orders can be read, which the lock of V3 would prevent.
CREATE INDEX orders_due ON orders (deadline) WHERE deadline IS NOT NULL AND status IN ('PLACED', 'RESERVED');
