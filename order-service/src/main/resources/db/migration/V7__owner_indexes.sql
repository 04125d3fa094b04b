-- The three lists of a tenant's orders, newest first: all, a customer's, those of a status. A migration of its own, see V4.
CREATE INDEX orders_newest_of_tenant ON orders (tenant, placed_at DESC, id DESC);
CREATE INDEX orders_newest_of_owner ON orders (tenant, customer_id, placed_at DESC, id DESC);
CREATE INDEX orders_newest_of_tenant_status ON orders (tenant, status, placed_at DESC, id DESC);
CREATE UNIQUE INDEX idempotency_key_of_owner ON idempotency_key (tenant, subject, key);
