package dev.orderflow.notification.mail;

import dev.orderflow.eventing.TenantRows;
import dev.orderflow.events.EventTenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** Stores which e-mails were sent, which were undeliverable, and the points that later ones name. */
@Repository
class MailRepository {

    /**
     * Looks up several e-mails, served by the primary keys (order_id, status) whatever the statistics: LIMIT keeps the
     * planner from choosing a join.
     */
    static final String SETTLED = """
            SELECT asked.order_id, asked.status
            FROM unnest(:orderIds::uuid[], :statuses::text[]) AS asked (order_id, status)
            CROSS JOIN LATERAL (
                (SELECT 1 FROM mail m WHERE m.order_id = asked.order_id AND m.status = asked.status LIMIT 1)
                UNION ALL
                (SELECT 1 FROM undeliverable_mail u WHERE u.order_id = asked.order_id AND u.status = asked.status LIMIT 1)
            ) AS settled
            """;

    /** Looks up orders that have an e-mail of another tenant than the given one, served by the primary keys. */
    private static final String OF_OTHERS = """
            SELECT asked.order_id, asked.tenant
            FROM unnest(:orderIds::uuid[], :tenants::text[]) AS asked (order_id, tenant)
            CROSS JOIN LATERAL (
                (SELECT 1 FROM mail m WHERE m.order_id = asked.order_id AND m.tenant <> asked.tenant LIMIT 1)
                UNION ALL
                (SELECT 1 FROM undeliverable_mail u WHERE u.order_id = asked.order_id AND u.tenant <> asked.tenant LIMIT 1)
            ) AS other
            """;

    /**
     * The primary key (order_id, status) identifies an e-mail. Rows are inserted in a fixed order: two instances with
     * the same events after a rebalance then wait for each other instead of deadlocking.
     */
    private static final String RECORD_SENT = """
            INSERT INTO mail (order_id, tenant, status, recipient, subject, sent_at)
            SELECT *
            FROM unnest(:orderIds::uuid[], :tenants::text[], :statuses::text[], :recipients::text[], :subjects::text[],
                        :sentAt::timestamptz[])
                 AS sent (order_id, tenant, status, recipient, subject, sent_at)
            ORDER BY order_id, status
            ON CONFLICT DO NOTHING
            """;

    /** The primary key (order_id, status) identifies an e-mail. */
    private static final String RECORD_UNDELIVERABLE = """
            INSERT INTO undeliverable_mail (order_id, tenant, status, reason, recorded_at)
            VALUES (:orderId, :tenant, :status, :reason, :recordedAt)
            ON CONFLICT DO NOTHING
            """;

    /** Reads the e-mails of an order, served by the primary keys (order_id, status); an order has a handful of rows. */
    private static final String OF_ORDER = """
            SELECT status, recipient, subject, 'SENT' AS outcome, sent_at AS at FROM mail
             WHERE order_id = :orderId AND tenant = :tenant
            UNION ALL
            SELECT status, NULL, NULL, reason, recorded_at FROM undeliverable_mail
             WHERE order_id = :orderId AND tenant = :tenant
            ORDER BY at
            """;

    /** The primary key (order_id) makes a repetition have no effect. */
    private static final String RECORD_POINTS = """
            INSERT INTO earned_points (order_id, tenant, points, recorded_at)
            VALUES (:orderId, :tenant, :points, :recordedAt)
            ON CONFLICT DO NOTHING
            """;

    /** Served by the primary key (order_id). */
    private static final String POINTS =
            "SELECT points FROM earned_points WHERE order_id = :orderId AND tenant = :tenant";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final CombinedLookup<Key> settled = new CombinedLookup<>(keys -> inTransaction(() -> settledOf(keys)));
    private final CombinedLookup<Owned> ofOthers =
            new CombinedLookup<>(orders -> inTransaction(() -> ofOthersOf(orders)));

    MailRepository(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Returns whether the e-mail about {@code status} was already sent or found undeliverable. */
    boolean isSettled(UUID orderId, OrderStatus status) {
        return settled.contains(new Key(orderId, status));
    }

    /** Returns whether the order has e-mails of another tenant than {@code tenant}. */
    boolean isOfOtherThan(String tenant, UUID orderId) {
        return ofOthers.contains(new Owned(orderId, tenant));
    }

    /** Records an e-mail. All e-mails of a transaction are written in one statement just before the commit. */
    void recordSent(OrderMail mail, Instant sentAt) {
        SentMails.ofTransaction(this::insert).add(new SentMail(mail, EventTenant.current(), sentAt));
    }

    /** Records at once that an e-mail is undeliverable; this is too rare to be batched. */
    void recordUndeliverable(UUID orderId, OrderStatus status, UndeliverableReason reason, Instant recordedAt) {
        jdbc.sql(RECORD_UNDELIVERABLE)
                .param("orderId", orderId)
                .param("tenant", EventTenant.current())
                .param("status", status.name())
                .param("reason", reason.name())
                .param("recordedAt", atUtc(recordedAt))
                .update();
    }

    /** Records the points that an order of the event's tenant has earned. */
    void recordPoints(UUID orderId, long points, Instant recordedAt) {
        jdbc.sql(RECORD_POINTS)
                .param("orderId", orderId)
                .param("tenant", EventTenant.current())
                .param("points", points)
                .param("recordedAt", atUtc(recordedAt))
                .update();
    }

    /** Returns the points that an order of the tenant has earned, as far as is known; otherwise 0. */
    long pointsOf(UUID orderId, String tenant) {
        return inTransaction(() -> jdbc.sql(POINTS)
                .param("orderId", orderId)
                .param("tenant", tenant)
                .query(Long.class)
                .optional()
                .orElse(0L));
    }

    /** Returns the e-mails about an order of the tenant, oldest first. */
    List<MailEntry> ofOrder(UUID orderId, String tenant) {
        return TenantRows.of(tenant).call(() -> inTransaction(() -> read(orderId, tenant)));
    }

    private List<MailEntry> read(UUID orderId, String tenant) {
        return jdbc.sql(OF_ORDER)
                .param("tenant", tenant)
                .param("orderId", orderId)
                .query((row, _) -> new MailEntry(
                        row.getString("status"),
                        row.getString("outcome"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Reads in a transaction, without which no tenant's rows are seen. */
    private <T> T inTransaction(Supplier<T> reading) {
        return Objects.requireNonNull(transactions.execute(status -> reading.get()));
    }

    private Set<Key> settledOf(Set<Key> keys) {
        var asked = List.copyOf(keys);
        return Set.copyOf(jdbc.sql(SETTLED)
                .param("orderIds", column(asked, UUID[]::new, Key::orderId))
                .param(
                        "statuses",
                        column(asked, String[]::new, key -> key.status().name()))
                .query((row, _) ->
                        new Key(row.getObject("order_id", UUID.class), OrderStatus.valueOf(row.getString("status"))))
                .list());
    }

    private Set<Owned> ofOthersOf(Set<Owned> orders) {
        var asked = List.copyOf(orders);
        return Set.copyOf(jdbc.sql(OF_OTHERS)
                .param("orderIds", column(asked, UUID[]::new, Owned::orderId))
                .param("tenants", column(asked, String[]::new, Owned::tenant))
                .query((row, _) -> new Owned(row.getObject("order_id", UUID.class), row.getString("tenant")))
                .list());
    }

    private void insert(List<SentMail> mails) {
        jdbc.sql(RECORD_SENT)
                .param(
                        "orderIds",
                        column(mails, UUID[]::new, each -> each.mail().orderId()))
                .param("tenants", column(mails, String[]::new, SentMail::tenant))
                .param(
                        "statuses",
                        column(
                                mails,
                                String[]::new,
                                each -> each.mail().status().name()))
                .param(
                        "recipients",
                        column(mails, String[]::new, each -> each.mail().reference()))
                .param(
                        "subjects",
                        column(mails, String[]::new, each -> each.mail().text().subject()))
                .param("sentAt", column(mails, String[]::new, each -> each.at().toString()))
                .update();
    }

    private static <T, C> C[] column(List<T> rows, IntFunction<C[]> array, Function<T, @Nullable C> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private record Key(UUID orderId, OrderStatus status) {}

    private record Owned(UUID orderId, String tenant) {}
}
