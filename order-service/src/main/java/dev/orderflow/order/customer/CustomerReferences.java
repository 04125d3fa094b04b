package dev.orderflow.order.customer;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Provides the references of customers whose orders a transaction places: one statement for those that are known, one
 * more if some are new.
 * <p>
 * A known customer's row is locked against its deletion until the transaction ends. An erasure therefore either waits and
 * finds the order, or was first: then the lock finds no row, and the order is that of a new customer, with a reference
 * that has nothing to do with the former. Transactions that place orders do not wait for each other, unless both add the
 * same customer or change its address. Both kinds of rows are locked in the order of their ids, and changed ones last, so
 * that no two transactions wait for each other.
 * <p>
 * Do not read a reference without this lock, or in another transaction than the order's: its customer may be erased in
 * between, and the order would keep the id for ever.
 */
@Component
public class CustomerReferences {

    /** Served by the primary key (tenant, id). Skips a row that was deleted while the statement waited for its lock. */
    private static final String LOCK_KNOWN = """
            SELECT id, reference, address
              FROM customer
             WHERE tenant = :tenant AND id = ANY (:ids)
               FOR KEY SHARE
            """;

    /** Adds rows in the order of the ids, so that two transactions with the same new customers cannot deadlock. */
    private static final String ADD = """
            INSERT INTO customer (tenant, id, address, address_verified_at)
            SELECT :tenant, added.id, added.address, CASE WHEN added.address IS NOT NULL THEN :at::timestamptz END
              FROM unnest(:ids::text[], :addresses::text[]) AS added (id, address)
             ORDER BY added.id COLLATE "C"
            ON CONFLICT DO NOTHING
            RETURNING id, reference, address
            """;

    /** Locks the rows that will be updated, before the first update. Served by the primary key (tenant, id). */
    private static final String LOCK_CHANGING = """
            SELECT id, reference, address
              FROM customer
             WHERE tenant = :tenant AND id = ANY (:ids)
             ORDER BY id
               FOR NO KEY UPDATE
            """;

    /** Served by the primary key (tenant, id). */
    private static final String CHANGE_ADDRESS = """
            UPDATE customer
               SET address = :address, address_verified_at = :at
             WHERE tenant = :tenant AND id = :id
            """;

    /** Served by the primary key (tenant, id). */
    private static final String REMOVE = """
            DELETE FROM customer WHERE tenant = :tenant AND id = ANY (:ids)
            """;

    /** Each further attempt needs another transaction that adds or erases one of the customers at this moment. */
    private static final int ATTEMPTS = 5;

    private final JdbcClient jdbc;
    private final Clock clock;

    CustomerReferences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Locks the customers in the current transaction, and adds those that are new.
     *
     * @param addresses verified addresses by the customers' ids; null for a customer without
     */
    public Group lock(String tenant, Map<String, @Nullable String> addresses) {
        var group = new Group(tenant, addresses);
        for (var attempt = 0; attempt < ATTEMPTS && !group.missing().isEmpty(); attempt++) {
            group.lockKnown();
            group.add();
        }
        if (!group.missing().isEmpty()) {
            throw new ConcurrencyFailureException("customers are being added and erased all the time");
        }
        group.lockChanging();
        return group;
    }

    private record Row(
            String id, String reference, @Nullable String address) {}

    /** The customers of the orders of one tenant that a transaction places. Used by one thread at a time. */
    public final class Group {

        private final String tenant;
        private final Map<String, @Nullable String> addresses;
        private final Map<String, Row> customers = new HashMap<>();
        private final Set<String> unused = new HashSet<>();

        private Group(String tenant, Map<String, @Nullable String> addresses) {
            this.tenant = tenant;
            this.addresses = addresses;
        }

        /** Returns the reference of a customer who may get an order. */
        public String reference(String id) {
            return Objects.requireNonNull(customers.get(id), "the customer is not one of the group")
                    .reference();
        }

        /** Returns the reference of a customer with an order, and remembers its verified address if that is new. */
        public String use(String id) {
            var customer = Objects.requireNonNull(customers.get(id), "the customer is not one of the group");
            unused.remove(id);
            if (isChanging(customer)) {
                var address = addresses.get(id);
                jdbc.sql(CHANGE_ADDRESS)
                        .param("tenant", tenant)
                        .param("id", id)
                        .param("address", address)
                        .param("at", now().atOffset(ZoneOffset.UTC))
                        .update();
                customers.put(id, new Row(id, customer.reference(), address));
            }
            return customer.reference();
        }

        /** Removes the customers that were added for orders that were not placed. */
        public void removeUnused() {
            if (!unused.isEmpty()) {
                jdbc.sql(REMOVE)
                        .param("tenant", tenant)
                        .param("ids", array(unused))
                        .update();
                customers.keySet().removeAll(unused);
                unused.clear();
            }
        }

        private Map<String, @Nullable String> missing() {
            var missing = new TreeMap<String, @Nullable String>(addresses);
            missing.keySet().removeAll(customers.keySet());
            return missing;
        }

        private boolean isChanging(Row customer) {
            var address = addresses.get(customer.id());
            return address != null && !address.equals(customer.address());
        }

        private void lockKnown() {
            lock(LOCK_KNOWN, missing().keySet());
        }

        /** Reads the rows again, whose addresses another transaction may just have changed. */
        private void lockChanging() {
            var changing = customers.values().stream()
                    .filter(this::isChanging)
                    .map(Row::id)
                    .toList();
            if (!changing.isEmpty()) {
                lock(LOCK_CHANGING, changing);
            }
        }

        private void lock(String statement, Collection<String> ids) {
            read(jdbc.sql(statement).param("tenant", tenant).param("ids", array(ids)));
        }

        private void add() {
            var missing = missing();
            if (missing.isEmpty()) {
                return;
            }
            var added = read(jdbc.sql(ADD)
                    .param("tenant", tenant)
                    .param("at", now().atOffset(ZoneOffset.UTC))
                    .param("ids", array(missing.keySet()))
                    .param("addresses", missing.values().toArray(String[]::new)));
            added.forEach(customer -> unused.add(customer.id()));
        }

        private List<Row> read(JdbcClient.StatementSpec statement) {
            var rows = statement
                    .query((row, number) ->
                            new Row(row.getString("id"), row.getString("reference"), row.getString("address")))
                    .list();
            rows.forEach(row -> customers.put(row.id(), row));
            return rows;
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private static String[] array(Collection<String> ids) {
        return ids.toArray(String[]::new);
    }
}
