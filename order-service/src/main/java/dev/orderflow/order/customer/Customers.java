package dev.orderflow.order.customer;

import dev.orderflow.events.customer.CustomerReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads customers' data. The caller provides the transaction, which decides whose rows are seen. */
@Repository
public class Customers {

    /** Served by the primary key (tenant, id). */
    private static final String BY_ID = """
            SELECT id, reference, address, address_verified_at
              FROM customer
             WHERE tenant = :tenant AND id = :name
            """;

    /** Served by the unique reference. */
    private static final String BY_REFERENCE = """
            SELECT id, reference, address, address_verified_at
              FROM customer
             WHERE tenant = :tenant AND reference = :name
            """;

    /** Looks for one that has only orders from before there were references; served by orders_newest_of_owner. */
    private static final String HAS_ORDERS = """
            SELECT EXISTS (SELECT FROM orders WHERE tenant = :tenant AND customer_id = :name)
            """;

    private static final RowMapper<Customer> CUSTOMER = (row, number) -> customer(row);

    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Finds a customer of the tenant.
     *
     * @param name id or reference
     */
    public Optional<Customer> find(String tenant, String name) {
        if (name.startsWith(CustomerReference.MARK)) {
            return find(BY_REFERENCE, tenant, name);
        }
        return find(BY_ID, tenant, name).or(() -> withOrdersOnly(tenant, name));
    }

    private Optional<Customer> find(String sql, String tenant, String name) {
        return jdbc.sql(sql)
                .param("tenant", tenant)
                .param("name", name)
                .query(CUSTOMER)
                .optional();
    }

    private Optional<Customer> withOrdersOnly(String tenant, String id) {
        var hasOrders = jdbc.sql(HAS_ORDERS)
                .param("tenant", tenant)
                .param("name", id)
                .query(Boolean.class)
                .single();
        return hasOrders ? Optional.of(new Customer(id, null, null, null)) : Optional.empty();
    }

    private static Customer customer(ResultSet row) throws SQLException {
        var verifiedAt = row.getTimestamp("address_verified_at");
        return new Customer(
                row.getString("id"),
                row.getString("reference"),
                row.getString("address"),
                verifiedAt == null ? null : verifiedAt.toInstant());
    }
}
