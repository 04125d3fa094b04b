-- The time by which the customer wants the order paid; absent unless the request says so.
ALTER TABLE orders ADD COLUMN deadline timestamptz;
