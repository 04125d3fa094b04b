package dev.orderflow.order.idempotency;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers which request carried an idempotency key, and what it led to.
 * <p>
 * A key is written in the transaction that carries out its request, so the two exist together or not at all: a process
 * that dies leaves no key without its effect and no effect without its key, and there is nothing to clean up. The
 * primary key lets only one transaction win. The advisory lock, which ends with the transaction, makes the others fail
 * to claim at once instead of waiting, with a connection each, for the winner's commit. Correctness does not depend on
 * it: two requests whose keys' hashes collide could only be answered "in progress" while the other one is.
 * <p>
 * Claiming in a transaction of its own would be misuse: a crash after it would block the key for ever.
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

    /**
     * Finds the winner, served by the primary key (key). Sees what a winner has committed since {@link #CLAIM} began.
     */
    private static final String FIND = """
            SELECT request_hash, order_id
              FROM idempotency_key
             WHERE key = :key
            """;

    /** Gives a key back, served by the primary key (key). */
    private static final String RELEASE = "DELETE FROM idempotency_key WHERE key = :key";

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Carries out {@code request} and remembers its key, both in the current transaction, or answers as the first request
     * with this key was. Does not wait for others.
     *
     * @param requestHash equal for requests that are to count as the same
     * @param orderId     what the request leads to when it is carried out
     * @param request     a {@link Refusal} that it throws leaves the key unused
     * @param answerOf    answers by the order that the first request led to
     * @throws Refusal when another request has the key, or the same one is being carried out
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY, noRollbackFor = Refusal.class)
    public <T> T once(String key, byte[] requestHash, UUID orderId, Supplier<T> request, Function<UUID, T> answerOf) {
        return switch (claim(key, requestHash, orderId)) {
            case Claim.Granted _ -> carryOut(key, request);
            case Claim.AlreadyDone(var earlier) -> answerOf.apply(earlier);
            case Claim.InProgress _ ->
                throw Refusal.conflict(
                        "request_in_progress", "A request with this Idempotency-Key is running; repeat yours later.");
            case Claim.TakenByOtherRequest _ ->
                throw Refusal.unacceptable(
                        "idempotency_key_reused",
                        "This Idempotency-Key was used for a different order.",
                        new Violation("Idempotency-Key", "must be new for each order"));
        };
    }

    private Claim claim(String key, byte[] requestHash, UUID orderId) {
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

    /** The transaction may go on with other requests after a refusal, so it does not undo the claim. */
    private <T> T carryOut(String key, Supplier<T> request) {
        try {
            return request.get();
        } catch (Refusal e) {
            jdbc.sql(RELEASE).param("key", key).update();
            throw e;
        }
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
