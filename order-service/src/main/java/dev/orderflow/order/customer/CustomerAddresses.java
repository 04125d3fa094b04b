package dev.orderflow.order.customer;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.order.ownership.OwnedRows;
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
     * Returns the address of any tenant's customer, as the consumer of all tenants' events needs it.
     *
     * @throws Refusal if there is no customer with the reference, or none that gets e-mail
     */
    String get(String reference) {
        return find(reference)
                .orElseThrow(() -> Refusal.notFound("address_not_found", "There is no address for this reference."));
    }

    private Optional<String> find(String reference) {
        return CustomerReference.isReference(reference) ? rows.readAll(() -> lookUp(reference)) : Optional.empty();
    }

    private Optional<String> lookUp(String reference) {
        return jdbc.sql(FIND)
                .param("reference", reference)
                .query((row, number) -> address(row.getString("id"), row.getString("address")))
                .optional()
                .flatMap(Function.identity());
    }

    private Optional<String> address(String id, @Nullable String verified) {
        return Optional.ofNullable(verified).or(() -> properties.mailboxOf(id));
    }
}
