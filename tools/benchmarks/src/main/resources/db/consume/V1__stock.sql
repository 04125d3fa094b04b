-- The stock that events change. Updated by each of them, so pages keep room for the new row version (HOT updates).
CREATE TABLE stock_item (
    sku     varchar(50) COLLATE "C" PRIMARY KEY,
    sold    bigint NOT NULL,
    version bigint NOT NULL
) WITH (fillfactor = 50);
