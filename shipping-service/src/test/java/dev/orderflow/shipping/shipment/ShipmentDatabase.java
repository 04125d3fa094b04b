package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The service's tables in a database of a test, where no instance tracks. */
class ShipmentDatabase {

    final JdbcClient jdbc;
    final TransactionTemplate transactions;

    ShipmentDatabase() {
        var database = TestInfrastructure.get().createDatabase("shipments");
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        Flyway.configure()
                .dataSource(source)
                .placeholders(Map.of("role", database.username(), "separation", "true"))
                .load()
                .migrate();
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /** Adds a shipment that is due after {@code due}, an interval of PostgreSQL. */
    UUID add(ShipmentState state, String due) {
        var order = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO shipment (order_id, tenant, state, tracking_id, stop_refused, correlation_id,
                                              causation_id, created_at, updated_at, due_at)
                        VALUES (:order, 'demo', :state, 't', false, 'flow', 'cause', now(), now(),
                                now() + :due::interval)
                        """)
                .param("order", order)
                .param("state", state.name())
                .param("due", due)
                .update();
        return order;
    }
}
