package dev.orderflow.order.customer;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows that name a customer, as an erasure changes and deletes them. Joins the current transaction. */
@Repository
class CustomerRows {

    /** Waits for transactions that place orders of the customer. Served by the primary key (tenant, id). */
    private static final String LOCK = """
            SELECT reference
              FROM customer
             WHERE tenant = :tenant AND id = :id
               FOR UPDATE
            """;

    /** Served by the unique reference. */
    private static final String LOCK_REFERENCE = """
            SELECT tenant, id, reference
              FROM customer
             WHERE reference = :reference
               FOR UPDATE
            """;

    /** Gives a reference to a customer that has only orders from before there were references. */
    private static final String ADD = """
            INSERT INTO customer (tenant, id) VALUES (:tenant, :id) ON CONFLICT DO NOTHING
            """;

    /** Served by orders_newest_of_owner. */
    private static final String IN_PROGRESS = """
            SELECT EXISTS (SELECT
                             FROM orders
                            WHERE tenant = :tenant AND customer_id = :id AND status IN ('PLACED', 'RESERVED'))
            """;

    /**
     * Lets orders name the reference in place of the id. Found by orders_newest_of_owner, locked in the order of their ids,
     * as answers lock them. The version makes a concurrent cancellation, which has read the id, decide again.
     */
    private static final String ANONYMIZE = """
            WITH chunk AS (
                SELECT id
                  FROM orders
                 WHERE id = ANY (ARRAY(SELECT id
                                         FROM orders
                                        WHERE tenant = :tenant AND customer_id = :id
                                        LIMIT :limit))
                 ORDER BY id
                   FOR UPDATE)
            UPDATE orders o
               SET customer_id = :reference, version = version + 1,
                   deadline_causation_id = NULL, deadline_traceparent = NULL, deadline_tracestate = NULL
              FROM chunk
             WHERE o.id = chunk.id
            """;

    /**
     * Deletes idempotency keys that the customer has chosen, served by the primary keys. Keys of a client of the same name
     * that have led to orders of others stay.
     */
    private static final String FORGET_KEYS = """
            DELETE FROM idempotency_key
             WHERE tenant = :tenant AND subject = :id
               AND key = ANY (ARRAY(SELECT k.key
                                      FROM idempotency_key k JOIN orders o ON o.id = k.order_id
                                     WHERE k.tenant = :tenant AND k.subject = :id
                                       AND o.customer_id IN (:id, :reference)
                                     LIMIT :limit))
            """;

    /**
     * Locks what counts the customer's uses of promotions, without waiting, and returns whether all of it is locked. Served by
     * promotion_counter_of_customer.
     */
    private static final String LOCK_COUNTERS = """
            WITH locked AS (
                SELECT id FROM promotion_counter WHERE customer_reference = :reference FOR UPDATE SKIP LOCKED)
            SELECT (SELECT count(*) FROM locked)
                   = (SELECT count(*) FROM promotion_counter WHERE customer_reference = :reference)
            """;

    /** Served by the primary key (tenant, id). Also deletes the counters, and what refers to them. */
    private static final String DELETE = """
            DELETE FROM customer WHERE tenant = :tenant AND id = :id
            """;

    private final JdbcClient jdbc;

    CustomerRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A customer whose row this transaction has locked. */
    record Locked(String tenant, String id, String reference) {}

    Optional<Locked> lock(String tenant, String id) {
        return of(LOCK, tenant, id).query(String.class).optional().map(reference -> new Locked(tenant, id, reference));
    }

    /** Locks the customer of any tenant that has this reference. */
    Optional<Locked> lock(String reference) {
        return jdbc.sql(LOCK_REFERENCE)
                .param("reference", reference)
                .query((row, number) ->
                        new Locked(row.getString("tenant"), row.getString("id"), row.getString("reference")))
                .optional();
    }

    void add(String tenant, String id) {
        of(ADD, tenant, id).update();
    }

    boolean hasOrdersInProgress(Locked customer) {
        return of(IN_PROGRESS, customer.tenant(), customer.id())
                .query(Boolean.class)
                .single();
    }

    /** Returns how many orders have been changed, at most {@code limit}. */
    int anonymize(Locked customer, int limit) {
        return some(ANONYMIZE, customer, limit);
    }

    /** Returns how many keys have been deleted, at most {@code limit}. */
    int forgetKeys(Locked customer, int limit) {
        return some(FORGET_KEYS, customer, limit);
    }

    /**
     * Deletes the customer, unless a cancellation is just giving one of its uses of promotions back. It does not wait for that
     * cancellation, which may wait for an order that this transaction has changed.
     *
     * @return whether the customer is deleted
     */
    boolean delete(Locked customer) {
        var isLocked = jdbc.sql(LOCK_COUNTERS)
                .param("reference", customer.reference())
                .query(Boolean.class)
                .single();
        return isLocked && of(DELETE, customer.tenant(), customer.id()).update() > 0;
    }

    private int some(String sql, Locked customer, int limit) {
        return of(sql, customer.tenant(), customer.id())
                .param("reference", customer.reference())
                .param("limit", limit)
                .update();
    }

    private JdbcClient.StatementSpec of(String sql, String tenant, String id) {
        return jdbc.sql(sql).param("tenant", tenant).param("id", id);
    }
}
