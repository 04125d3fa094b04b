-- Cause and trace of the request that set the deadline, for the event that cancels the order. Absent without a deadline, and in
-- orders placed before.

-- A change that waits for a long transaction keeps all others waiting. Without this limit orders would stand still meanwhile; with
-- it, the start fails and is tried again.
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders
    ADD COLUMN deadline_causation_id text,
    ADD COLUMN deadline_traceparent  text,
    ADD COLUMN deadline_tracestate   text;
