package dev.orderflow.loyalty.points;

import dev.orderflow.loyalty.points.PointsEntry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores accounts and their entries. Joins the current transaction, which decides whose rows are seen. */
@Repository
class PointsRows {

    /**
     * Served by points_account_of_customer. The rows are sorted before they are locked, so that two transactions wait for each
     * other and do not deadlock.
     */
    private static final String LOCK_ALL = """
            SELECT tenant, customer, balance, debt
              FROM points_account
             WHERE customer = ANY (:customers)
             ORDER BY tenant, customer
               FOR UPDATE
            """;

    /** Served by the primary key. */
    private static final String LOCK = """
            SELECT tenant, customer, balance, debt
              FROM points_account
             WHERE tenant = :tenant AND customer = :customer
               FOR UPDATE
            """;

    /** Served by the primary key. */
    private static final String FIND = """
            SELECT tenant, customer, balance, debt
              FROM points_account
             WHERE tenant = :tenant AND customer = :customer
            """;

    /** Adds rows in the order of their keys, so that two transactions with the same new accounts do not deadlock. */
    private static final String ADD = """
            INSERT INTO points_account (tenant, customer, balance, debt)
            SELECT *
              FROM unnest(:tenants::text[], :customers::text[], :balances::bigint[], :debts::bigint[])
                   AS added (tenant, customer, balance, debt)
             ORDER BY added.tenant COLLATE "C", added.customer COLLATE "C"
            ON CONFLICT DO NOTHING
            """;

    /** Served by the primary key, for rows that the transaction has locked. */
    private static final String UPDATE = """
            UPDATE points_account a
               SET balance = changed.balance, debt = changed.debt
              FROM unnest(:tenants::text[], :customers::text[], :balances::bigint[], :debts::bigint[])
                   AS changed (tenant, customer, balance, debt)
             WHERE a.tenant = changed.tenant AND a.customer = changed.customer
            """;

    /** Served by the unique key (order_id, kind). */
    private static final String ENTRIES_OF_ORDERS = """
            SELECT id, tenant, customer, kind, points, order_id, redemption_id, event_id, at
              FROM points_entry
             WHERE order_id = ANY (:orderIds::uuid[])
            """;

    /** Served by points_entry_of_customer. */
    private static final String PAGE = """
            SELECT id, tenant, customer, kind, points, order_id, redemption_id, event_id, at
              FROM points_entry
             WHERE tenant = :tenant AND customer = :customer AND id < :before
             ORDER BY id DESC
             LIMIT :limit
            """;

    /** Keeps the order of the changes, which is that of the ids. */
    private static final String ADD_ENTRIES = """
            INSERT INTO points_entry (tenant, customer, kind, points, order_id, redemption_id, event_id, at)
            SELECT added.tenant, added.customer, added.kind, added.points, added.order_id, added.redemption_id,
                   added.event_id, added.at
              FROM unnest(:tenants::text[], :customers::text[], :kinds::text[], :points::bigint[], :orderIds::uuid[],
                          :redemptionIds::uuid[], :eventIds::uuid[], :at::timestamptz[]) WITH ORDINALITY
                   AS added (tenant, customer, kind, points, order_id, redemption_id, event_id, at, place)
             ORDER BY added.place
            """;

    /** PostgreSQL's own code for transactions that conflict. */
    private static final String SERIALIZATION_FAILURE = "40001";

    private final JdbcClient jdbc;

    PointsRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An entry and its position in the account's statement. */
    record Stored(long id, PointsEntry entry) {}

    /** Locks the accounts of the customers that have one, until the transaction ends. */
    List<PointsAccount> lock(Collection<String> customers) {
        return jdbc.sql(LOCK_ALL)
                .param("customers", customers.toArray(String[]::new))
                .query(PointsRows::account)
                .list();
    }

    /** Locks an account until the transaction ends; empty if the customer has none. */
    Optional<PointsAccount> lock(PointsAccount.Key key) {
        return of(key, LOCK).query(PointsRows::account).optional();
    }

    Optional<PointsAccount> find(PointsAccount.Key key) {
        return of(key, FIND).query(PointsRows::account).optional();
    }

    /**
     * Adds accounts.
     *
     * @throws ConcurrencyFailureException if another transaction has just added one of them. Its cause is a serialization
     *     failure, by which the inbox knows that the events are not at fault
     */
    void add(Collection<PointsAccount> accounts) {
        if (!accounts.isEmpty() && write(ADD, accounts) != accounts.size()) {
            var message = "another transaction has added one of the accounts";
            throw new ConcurrencyFailureException(message, new SQLException(message, SERIALIZATION_FAILURE));
        }
    }

    /** @param accounts locked by this transaction */
    void update(Collection<PointsAccount> accounts) {
        if (!accounts.isEmpty() && write(UPDATE, accounts) != accounts.size()) {
            throw new IllegalStateException("an account has disappeared");
        }
    }

    List<PointsEntry> entriesOf(Collection<UUID> orderIds) {
        return jdbc.sql(ENTRIES_OF_ORDERS)
                .param("orderIds", orderIds.toArray(UUID[]::new))
                .query((row, number) -> stored(row).entry())
                .list();
    }

    /** Returns at most {@code limit} entries before the one with that id, the newest first. */
    List<Stored> entriesBefore(PointsAccount.Key key, long id, int limit) {
        return of(key, PAGE)
                .param("before", id)
                .param("limit", limit)
                .query((row, number) -> stored(row))
                .list();
    }

    /** @param entries of accounts that the transaction has locked or added */
    void addEntries(List<PointsEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql(ADD_ENTRIES)
                .param("tenants", column(entries, String[]::new, PointsEntry::tenant))
                .param("customers", column(entries, String[]::new, PointsEntry::customer))
                .param(
                        "kinds",
                        column(entries, String[]::new, entry -> entry.kind().name()))
                .param("points", column(entries, Long[]::new, PointsEntry::points))
                .param("orderIds", column(entries, UUID[]::new, PointsEntry::orderId))
                .param("redemptionIds", column(entries, UUID[]::new, PointsEntry::redemptionId))
                .param("eventIds", column(entries, UUID[]::new, PointsEntry::eventId))
                .param("at", column(entries, String[]::new, entry -> entry.at().toString()))
                .update();
    }

    private int write(String sql, Collection<PointsAccount> accounts) {
        return jdbc.sql(sql)
                .param("tenants", column(accounts, String[]::new, PointsAccount::tenant))
                .param("customers", column(accounts, String[]::new, PointsAccount::customer))
                .param("balances", column(accounts, Long[]::new, PointsAccount::balance))
                .param("debts", column(accounts, Long[]::new, PointsAccount::debt))
                .update();
    }

    private JdbcClient.StatementSpec of(PointsAccount.Key key, String sql) {
        return jdbc.sql(sql).param("tenant", key.tenant()).param("customer", key.customer());
    }

    private static <R, C> C[] column(Collection<R> rows, IntFunction<C[]> array, Function<R, @Nullable C> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static PointsAccount account(ResultSet row, int number) throws SQLException {
        return new PointsAccount(
                row.getString("tenant"), row.getString("customer"), row.getLong("balance"), row.getLong("debt"));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("id"),
                new PointsEntry(
                        row.getString("tenant"),
                        row.getString("customer"),
                        Kind.valueOf(row.getString("kind")),
                        row.getLong("points"),
                        row.getObject("order_id", UUID.class),
                        row.getObject("redemption_id", UUID.class),
                        row.getObject("event_id", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant()));
    }
}
