package dev.orderflow.eventing.outbox.relay;

import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs transactions of one relay that change parked or discarded events. Each transaction locks its buckets, and fails unless the
 * relay owns them. An operator changes states under the same lock.
 */
final class ParkedLock {

    private static final String LOCK = "SELECT eventing.outbox_lock_parked(:buckets)";

    /** Fails in any other incarnation, in which the row ids that the relay knows may belong to other rows. */
    private static final String OWNED = """
            SELECT count(*)
            FROM eventing.outbox_bucket
            WHERE owner = :me AND bucket = ANY (:buckets::smallint[]) AND (SELECT eventing.outbox_require(:me, :token))
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final BucketLeases leases;

    /** @param transaction of {@code jdbc}'s database, READ COMMITTED */
    ParkedLock(JdbcClient jdbc, TransactionOperations transaction, BucketLeases leases) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.leases = leases;
    }

    /** Thrown when another relay has taken over a bucket. Only that relay may now record changes to its keys. */
    static final class LeaseLostException extends RuntimeException {

        LeaseLostException() {
            super("another relay has taken over a bucket");
        }
    }

    /** @throws LeaseLostException when another relay owns one of {@code buckets}; {@code work} is not called then */
    <T> T locked(Collection<Integer> buckets, Supplier<T> work) {
        return transaction.execute(status -> {
            var all = buckets.toArray(Integer[]::new);
            jdbc.sql(LOCK).param("buckets", all).query(row -> {});
            var owned = jdbc.sql(OWNED)
                    .param("buckets", all)
                    .param("me", leases.relay())
                    .param("token", leases.incarnation().token())
                    .query(Integer.class)
                    .single();
            if (owned < Set.copyOf(buckets).size()) {
                throw new LeaseLostException();
            }
            return work.get();
        });
    }
}
