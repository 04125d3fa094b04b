package dev.orderflow.shipping.shipment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** Stores the shipments, by order. */
@Repository
class ShipmentRepository {

    private static final String COLUMNS =
            "order_id, tenant, state, tracking_id, stop_refused, correlation_id, causation_id, created_at, updated_at";

    /** Served by the primary key. */
    private static final String FIND = "SELECT " + COLUMNS + " FROM shipment WHERE order_id = :orderId";

    /** Served by the primary key. */
    private static final String FIND_LOCKED = FIND + " FOR UPDATE";

    /** Served by the primary key. In the order of the ids, so that two transactions wait for each other and do not deadlock. */
    private static final String LOCK = """
            SELECT order_id FROM shipment WHERE order_id = ANY (:orderIds::uuid[]) ORDER BY order_id FOR UPDATE
            """;

    /** Served by the primary key. */
    private static final String LOCK_FREE =
            "SELECT " + COLUMNS + " FROM shipment WHERE order_id = ANY (:orderIds::uuid[]) FOR UPDATE SKIP LOCKED";

    private static final String INSERT = "INSERT INTO shipment (" + COLUMNS + ")" + """
             SELECT *
               FROM unnest(:orderIds::uuid[], :tenants::text[], :states::text[], :trackingIds::text[],
                           :stopRefused::boolean[], :correlationIds::text[], :causationIds::text[],
                           :createdAt::timestamptz[], :updatedAt::timestamptz[])
              ORDER BY 1
            """;

    /**
     * Served by the primary key, for rows that the transaction has locked. A final shipment continues no flow, whose ids may
     * be a client's.
     */
    private static final String UPDATE = """
            UPDATE shipment s
               SET state = changed.state, stop_refused = changed.stop_refused, updated_at = changed.updated_at,
                   final_at = CASE WHEN changed.state IN ('DELIVERED', 'STOPPED', 'LOST')
                                   THEN coalesce(s.final_at, now()) END,
                   correlation_id = CASE WHEN changed.state NOT IN ('DELIVERED', 'STOPPED', 'LOST')
                                         THEN s.correlation_id END,
                   causation_id = CASE WHEN changed.state NOT IN ('DELIVERED', 'STOPPED', 'LOST')
                                       THEN s.causation_id END
              FROM unnest(:orderIds::uuid[], :states::text[], :stopRefused::boolean[], :updatedAt::timestamptz[])
                   AS changed (order_id, state, stop_refused, updated_at)
             WHERE s.order_id = changed.order_id
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    ShipmentRepository(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Finds the shipment in a transaction, without which no tenant's rows are seen. */
    Optional<Shipment> find(UUID orderId) {
        return Objects.requireNonNull(transactions.execute(status -> jdbc.sql(FIND)
                .param("orderId", orderId)
                .query(ShipmentRepository::read)
                .optional()));
    }

    /** Locks the shipment until the transaction ends, and returns it as the transactions before have left it. */
    Optional<Shipment> findLocked(UUID orderId) {
        return jdbc.sql(FIND_LOCKED)
                .param("orderId", orderId)
                .query(ShipmentRepository::read)
                .optional();
    }

    /** Locks the shipments until the transaction ends. */
    void lock(Collection<UUID> orderIds) {
        jdbc.sql(LOCK)
                .param("orderIds", orderIds.toArray(UUID[]::new))
                .query(UUID.class)
                .list();
    }

    /** Locks the shipments that no other transaction has locked, and returns them. */
    List<Shipment> lockFree(Collection<UUID> orderIds) {
        return jdbc.sql(LOCK_FREE)
                .param("orderIds", orderIds.toArray(UUID[]::new))
                .query(ShipmentRepository::read)
                .list();
    }

    /** Creates a shipment. All those of a transaction are written in one statement just before the commit. */
    void add(Shipment shipment) {
        NewShipments.ofTransaction(this::insert).add(shipment);
    }

    /** Writes changes of shipments that the transaction has locked. */
    void update(List<Shipment> changed) {
        jdbc.sql(UPDATE)
                .param("orderIds", column(changed, UUID[]::new, Shipment::orderId))
                .param(
                        "states",
                        column(changed, String[]::new, each -> each.state().name()))
                .param("stopRefused", column(changed, Boolean[]::new, Shipment::stopRefused))
                .param(
                        "updatedAt",
                        column(changed, String[]::new, each -> each.updatedAt().toString()))
                .update();
    }

    private void insert(List<Shipment> created) {
        jdbc.sql(INSERT)
                .param("orderIds", column(created, UUID[]::new, Shipment::orderId))
                .param("tenants", column(created, String[]::new, Shipment::tenant))
                .param(
                        "states",
                        column(created, String[]::new, each -> each.state().name()))
                .param("trackingIds", column(created, String[]::new, Shipment::trackingId))
                .param("stopRefused", column(created, Boolean[]::new, Shipment::stopRefused))
                .param("correlationIds", column(created, String[]::new, Shipment::correlationId))
                .param("causationIds", column(created, String[]::new, Shipment::causationId))
                .param(
                        "createdAt",
                        column(created, String[]::new, each -> each.createdAt().toString()))
                .param(
                        "updatedAt",
                        column(created, String[]::new, each -> each.updatedAt().toString()))
                .update();
    }

    private static <C> C[] column(List<Shipment> rows, IntFunction<C[]> array, Function<Shipment, @Nullable C> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static Shipment read(ResultSet row, int number) throws SQLException {
        return new Shipment(
                row.getObject("order_id", UUID.class),
                row.getString("tenant"),
                ShipmentState.valueOf(row.getString("state")),
                row.getString("tracking_id"),
                row.getBoolean("stop_refused"),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
