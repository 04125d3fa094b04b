-- What the request that set the deadline hands on to the event that cancels the order, as its answers do to theirs.
-- Absent without a deadline, and in orders placed before.
ALTER TABLE orders
    ADD COLUMN deadline_correlation_id text,
    ADD COLUMN deadline_causation_id   text,
    ADD COLUMN deadline_intent         text,
    ADD COLUMN deadline_tenant_id      text,
    ADD COLUMN deadline_traceparent    text,
    ADD COLUMN deadline_tracestate     text;
