package dev.orderflow.order.customer;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.order.ownership.OwnedRows;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up the address of a customer by the reference that events name. */
@Repository
@EnableConfigurationProperties(CustomerProperties.class)
class CustomerAddresses {

    /** Served by the unique reference. */
    private static final String FIND = """
            SELECT id, address
              FROM customer
             WHERE reference = :reference
               AND (:tenant::text IS NULL OR tenant = :tenant)
            """;

    private final JdbcClient jdbc;
    private final OwnedRows rows;
    private final CustomerProperties properties;

    CustomerAddresses(JdbcClient jdbc, OwnedRows rows, CustomerProperties properties) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.properties = properties;
    }

    /**
     * @param tenant whose customer it must be; null for any, as the platform's consumer of all tenants' events needs
     * @throws Refusal if there is no customer with the reference, or none that gets e-mail
     */
    String get(String reference, @Nullable String tenant) {
        return find(reference, tenant)
                .orElseThrow(() -> Refusal.notFound("address_not_found", "There is no address for this reference."));
    }

    private Optional<String> find(String reference, @Nullable String tenant) {
        if (!CustomerReference.isReference(reference)) {
            return Optional.empty();
        }
        return tenant == null
                ? rows.readAll(() -> lookUp(reference, null))
                : rows.read(tenant, () -> lookUp(reference, tenant));
    }

    private Optional<String> lookUp(String reference, @Nullable String tenant) {
        return jdbc.sql(FIND)
                .param("reference", reference)
                .param("tenant", tenant, Types.VARCHAR)
                .query((row, number) -> address(row.getString("id"), row.getString("address")))
                .optional()
                .flatMap(Function.identity());
    }

    private Optional<String> address(String id, @Nullable String verified) {
        return Optional.ofNullable(verified).or(() -> properties.mailboxOf(id));
    }
}
