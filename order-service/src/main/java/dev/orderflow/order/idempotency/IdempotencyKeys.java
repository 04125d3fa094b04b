package dev.orderflow.order.idempotency;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers which request carried an idempotency key, and what it led to.
 * <p>
 * A key is written in the transaction that carries out its request, so the two exist together or not at all: a process
 * that dies leaves no key without its effect and no effect without its key, and there is nothing to clean up. The primary
 * key lets only one transaction win. The advisory lock, which ends with the transaction, makes the others fail to claim
 * at once instead of waiting, with a connection each, for the winner's commit. Correctness does not depend on it: two
 * keys whose hashes collide could only be told "in progress" while the other one is.
 * <p>
 * Misuse would be to claim in a transaction of its own: then a crash after it would block the key for ever.
 */
@Component
public class IdempotencyKeys {

    /** The primary key (key) arbitrates. */
    private static final String CLAIM = """
            INSERT INTO idempotency_key (key, request_hash, order_id)
            SELECT :key, :hash, :orderId
             WHERE pg_try_advisory_xact_lock('idempotency_key'::regclass::oid::int, hashtext(:key))
            ON CONFLICT DO NOTHING
            """;

    /** Served by the primary key (key). Sees what a winner has committed since {@link #CLAIM} began. */
    private static final String FIND = """
            SELECT request_hash, order_id
              FROM idempotency_key
             WHERE key = :key
            """;

    /** Served by the primary key (key). */
    private static final String RELEASE = "DELETE FROM idempotency_key WHERE key = :key";

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims {@code key} for the current transaction, without waiting for others.
     *
     * @param requestHash equal for requests that are to count as the same
     * @param orderId     what the request will lead to if the claim is granted
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Claim claim(String key, byte[] requestHash, UUID orderId) {
        var claimed = jdbc.sql(CLAIM)
                .param("key", key)
                .param("hash", requestHash)
                .param("orderId", orderId)
                .update();
        if (claimed == 1) {
            return new Claim.Granted();
        }
        return find(key).<Claim>map(winner -> winner.answer(requestHash)).orElseGet(Claim.InProgress::new);
    }

    /**
     * Gives back a key that the current transaction has claimed, for a request that came to nothing.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(String key) {
        jdbc.sql(RELEASE).param("key", key).update();
    }

    private Optional<Winner> find(String key) {
        return jdbc.sql(FIND)
                .param("key", key)
                .query((row, number) -> new Winner(row.getBytes("request_hash"), row.getObject("order_id", UUID.class)))
                .optional();
    }

    private record Winner(byte[] requestHash, UUID orderId) {

        Claim answer(byte[] otherHash) {
            return Arrays.equals(requestHash, otherHash)
                    ? new Claim.AlreadyDone(orderId)
                    : new Claim.TakenByOtherRequest();
        }
    }
}
