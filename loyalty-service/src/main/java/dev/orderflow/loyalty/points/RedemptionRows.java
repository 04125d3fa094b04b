package dev.orderflow.loyalty.points;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores redemptions by their idempotency keys. Joins the current transaction. */
@Repository
class RedemptionRows {

    /** Served by the unique key (tenant, customer, key_hash). */
    private static final String FIND = """
            SELECT id, tenant, customer, request_hash, points, balance, at
              FROM redemption
             WHERE tenant = :tenant AND customer = :customer AND key_hash = :key
            """;

    private static final String ADD = """
            INSERT INTO redemption (id, tenant, customer, key_hash, request_hash, points, balance, at)
            VALUES (:id, :tenant, :customer, :key, :hash, :points, :balance, :at)
            """;

    private final JdbcClient jdbc;

    RedemptionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Finds the redemption that has the key. The caller has locked the account, so no other transaction is about to add it.
     *
     * @param requestHash of the request that has the same key
     * @throws dev.orderflow.edge.problem.Refusal if the key belongs to another request
     */
    Optional<Redemption> find(PointsAccount.Key account, RedemptionKey key, byte[] requestHash) {
        return jdbc.sql(FIND)
                .param("tenant", account.tenant())
                .param("customer", account.customer())
                .param("key", key.hash())
                .query((row, number) -> sameRequest(row, requestHash))
                .optional();
    }

    void add(Redemption redemption, RedemptionKey key, byte[] requestHash) {
        jdbc.sql(ADD)
                .param("id", redemption.id())
                .param("tenant", redemption.tenant())
                .param("customer", redemption.customer())
                .param("key", key.hash())
                .param("hash", requestHash)
                .param("points", redemption.points())
                .param("balance", redemption.balance())
                .param("at", redemption.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Redemption sameRequest(ResultSet row, byte[] requestHash) throws SQLException {
        if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
            throw Redemption.otherRequest();
        }
        return new Redemption(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getString("customer"),
                row.getLong("points"),
                row.getLong("balance"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
