-- The warehouse's count of each product. Updated by nearly every order, so pages keep room for the new row version
-- (HOT updates). The sku compares by its bytes: all transactions lock rows in the same order, whatever the database's
-- collation.
CREATE TABLE stock_item (
    sku       varchar(50) COLLATE "C" PRIMARY KEY,
    available bigint NOT NULL,
    reserved  bigint NOT NULL,
    sold      bigint NOT NULL,
    version   bigint NOT NULL,
    CONSTRAINT stock_item_sku_not_blank          CHECK (btrim(sku) <> ''),
    CONSTRAINT stock_item_available_not_negative CHECK (available >= 0),
    CONSTRAINT stock_item_reserved_not_negative  CHECK (reserved >= 0),
    CONSTRAINT stock_item_sold_not_negative      CHECK (sold >= 0)
) WITH (fillfactor = 70);

-- Ledger of what was put into or taken out of stock by hand. The sum of a product's deltas is what orders had to share:
-- at any moment it equals available + reserved + sold.
CREATE TABLE stock_adjustment (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku   varchar(50) COLLATE "C" NOT NULL REFERENCES stock_item,
    delta bigint NOT NULL,
    at    timestamptz NOT NULL
);

CREATE INDEX stock_adjustment_sku ON stock_adjustment (sku);

-- What became of an order's wish for stock. The primary key is the second line of defence, behind the inbox, against
-- reserving twice for one order.
CREATE TABLE reservation (
    order_id   uuid PRIMARY KEY,
    state      varchar(20) NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version    bigint NOT NULL,
    CONSTRAINT reservation_state_known CHECK (state IN ('RESERVED', 'REJECTED', 'COMMITTED', 'RELEASED'))
) WITH (fillfactor = 80);

-- What was set aside, one row per product of an order. A rejected order has none.
CREATE TABLE reservation_line (
    order_id uuid NOT NULL REFERENCES reservation,
    sku      varchar(50) COLLATE "C" NOT NULL REFERENCES stock_item,
    quantity int NOT NULL,
    PRIMARY KEY (order_id, sku),
    CONSTRAINT reservation_line_quantity_positive CHECK (quantity > 0)
);
