-- Each paid order's shipment. Written once per order, and changed at most twice: when the order is cancelled, and when the parcel has
-- arrived or is lost.
CREATE TABLE shipment (
    order_id       uuid PRIMARY KEY,
    tenant         varchar(64) COLLATE "C" NOT NULL,
    state          varchar(20)  NOT NULL CHECK (state IN ('DISPATCHED', 'DELIVERED', 'STOPPED', 'LOST')),
    tracking_id    varchar(100) NOT NULL,
    -- The order was cancelled after the parcel had left.
    stop_refused   boolean      NOT NULL,
    -- The flow and the event that its tracking continues, as in the attributes of events; none once the shipment is final.
    correlation_id varchar(1000),
    causation_id   varchar(1000),
    created_at     timestamptz  NOT NULL,
    updated_at     timestamptz  NOT NULL,
    -- When the carrier is asked next, by the database's clock.
    due_at         timestamptz  NOT NULL DEFAULT now(),
    -- When the state became final, by the database's clock.
    final_at       timestamptz
);

-- Finds the shipments that are to be tracked; the others leave it.
CREATE INDEX shipment_due ON shipment (due_at) WHERE state = 'DISPATCHED';

-- Finds the oldest final shipments, which are deleted.
CREATE INDEX shipment_final_age ON shipment (final_at) WHERE final_at IS NOT NULL;

-- The instance that tracks shipments: a single row.
CREATE TABLE tracking_lease (
    only_row   boolean PRIMARY KEY CHECK (only_row),
    holder     uuid        NOT NULL,
    expires_at timestamptz NOT NULL
);

INSERT INTO tracking_lease VALUES (true, gen_random_uuid(), now());
