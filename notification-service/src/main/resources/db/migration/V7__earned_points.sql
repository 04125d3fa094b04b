-- The points that an order has earned, for its later e-mails. Names no customer.
CREATE TABLE earned_points (
    order_id    uuid                     NOT NULL PRIMARY KEY,
    tenant      varchar(64) COLLATE "C"  NOT NULL,
    points      bigint                   NOT NULL,
    recorded_at timestamptz              NOT NULL
);

-- For deleting the oldest rows.
CREATE INDEX earned_points_age ON earned_points (recorded_at);
