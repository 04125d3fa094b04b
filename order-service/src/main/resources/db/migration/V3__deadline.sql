-- The time by which the customer wants the order paid; absent unless the request says so.
ALTER TABLE orders ADD COLUMN deadline timestamptz;

-- Finds the orders that are not paid in time. Orders without a deadline are not in it, and cost nothing.
CREATE INDEX orders_due ON orders (deadline) WHERE deadline IS NOT NULL AND status IN ('PLACED', 'RESERVED');
