-- The statuses SHIPPED and DELIVERED, and the carrier's id of the order's shipment.

-- A change that waits for a long transaction keeps all others waiting. With this limit, the start fails and is tried again.
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders ADD COLUMN tracking_id varchar(100);

-- Not validated, which would read all rows: those from before have other values already.
ALTER TABLE orders DROP CONSTRAINT orders_status_check;
ALTER TABLE orders ADD CONSTRAINT orders_status_check
    CHECK (status IN ('PLACED', 'RESERVED', 'PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED')) NOT VALID;
