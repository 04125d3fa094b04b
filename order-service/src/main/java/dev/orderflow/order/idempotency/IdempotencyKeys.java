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
 * Remembers which request carried an idempotency key, and the order that resulted.
 * <p>
 * A key is written in the transaction that carries out its request, so either both are committed or neither is. A
 * process that dies leaves no key without its effect and no effect without its key; no cleanup is necessary. The
 * primary key lets only one transaction win. The advisory lock ends with the transaction and makes the losers fail at
 * once, instead of waiting for the winner's commit with a connection each. Correctness does not depend on the lock: if
 * the hashes of two different keys collide, a request may be answered "in progress" while the other one runs.
 * <p>
 * Do not claim in a separate transaction: a crash after it would block the key for ever.
 */
@Component
public class IdempotencyKeys {

    /** Longest key, in characters. */
    public static final int LONGEST = 200;

    /** Regular expression of a key's characters. */
    public static final String CHARACTERS = "[\\x21-\\x7E]*";

    /** Requirement that {@link #CHARACTERS} expresses. */
    public static final String CHARACTERS_MESSAGE = "must consist of visible ASCII characters";

    /** The primary key (tenant, subject, key) decides which transaction wins. */
    private static final String CLAIM = """
            INSERT INTO idempotency_key (tenant, subject, key, request_hash, order_id)
            SELECT :tenant, :subject, :key, :hash, :orderId
             WHERE pg_try_advisory_xact_lock(
                       'idempotency_key'::regclass::oid::int, hashtext(concat_ws(' ', :tenant, :subject, :key)))
            ON CONFLICT DO NOTHING
            """;

    /** Finds the winner, served by the primary key. Sees commits since {@link #CLAIM} began. */
    private static final String FIND = """
            SELECT request_hash, order_id
              FROM idempotency_key
             WHERE tenant = :tenant AND subject = :subject AND key = :key
            """;

    /** Releases a key, served by the primary key. */
    private static final String RELEASE = """
            DELETE FROM idempotency_key
             WHERE tenant = :tenant AND subject = :subject AND key = :key
            """;

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Carries out {@code request} and remembers its key, both in the current transaction. If the key was used before,
     * returns the answer of the first request. Does not wait for other transactions.
     *
     * @param requestHash equal for requests that count as the same
     * @param orderId     order that results if the request is carried out
     * @param request     work; a {@link Refusal} that it throws leaves the key unused
     * @param answerOf    builds the answer from the order of the first request
     * @throws Refusal if another request has the key, or the same request is in progress
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY, noRollbackFor = Refusal.class)
    public <T> T once(OwnedKey key, byte[] requestHash, UUID orderId, Supplier<T> request, Function<UUID, T> answerOf) {
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

    private Claim claim(OwnedKey key, byte[] requestHash, UUID orderId) {
        var claimed = of(key, CLAIM)
                .param("hash", requestHash)
                .param("orderId", orderId)
                .update();
        if (claimed == 1) {
            return new Claim.Granted();
        }
        return find(key).<Claim>map(winner -> winner.answer(requestHash)).orElseGet(Claim.InProgress::new);
    }

    /**
     * Releases the key after a refusal: the transaction may continue with other requests, so it does not roll back the
     * claim.
     */
    private <T> T carryOut(OwnedKey key, Supplier<T> request) {
        try {
            return request.get();
        } catch (Refusal e) {
            of(key, RELEASE).update();
            throw e;
        }
    }

    private Optional<Winner> find(OwnedKey key) {
        return of(key, FIND)
                .query((row, number) -> new Winner(row.getBytes("request_hash"), row.getObject("order_id", UUID.class)))
                .optional();
    }

    private JdbcClient.StatementSpec of(OwnedKey key, String sql) {
        return jdbc.sql(sql)
                .param("tenant", key.tenant())
                .param("subject", key.subject())
                .param("key", key.text());
    }

    private record Winner(byte[] requestHash, UUID orderId) {

        Claim answer(byte[] otherHash) {
            return Arrays.equals(requestHash, otherHash)
                    ? new Claim.AlreadyDone(orderId)
                    : new Claim.TakenByOtherRequest();
        }
    }
}
