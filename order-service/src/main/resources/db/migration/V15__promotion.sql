-- Rules that lower prices, for all tenants. Instances read them from the topic promotion-rules; this table orders their changes.
-- A rule is read and written as a whole, in the form of the API. The row of a removed rule stays, so that its version goes on.
CREATE TABLE promotion (
    id         uuid PRIMARY KEY,
    version    bigint      NOT NULL,
    changed_at timestamptz NOT NULL,
    rule       jsonb
);
