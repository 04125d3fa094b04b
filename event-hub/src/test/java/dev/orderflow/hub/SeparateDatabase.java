package dev.orderflow.hub;

import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database whose tables another role owns, as in production.
 *
 * @param service access of the service
 * @param owner   access of the owner, who sees all rows
 */
public record SeparateDatabase(Database service, Database owner) {

    public static SeparateDatabase create() {
        var service = TestInfrastructure.get().createDatabase("hub");
        return new SeparateDatabase(service, TestInfrastructure.get().separateOwner(service));
    }

    public SeparateDatabase migrate() {
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.username(), owner.password())
                .placeholders(Map.of("role", service.username(), "separation", "true"))
                .load()
                .migrate();
        return this;
    }

    /** Returns the settings of a service that uses the database. */
    public Map<String, Object> properties() {
        return Map.of(
                "spring.datasource.url", service.jdbcUrl(),
                "spring.datasource.username", service.username(),
                "spring.datasource.password", service.password(),
                "spring.flyway.user", owner.username(),
                "spring.flyway.password", owner.password(),
                "spring.kafka.bootstrap-servers", TestInfrastructure.get().bootstrapServers());
    }

    public JdbcClient asOwner() {
        return client(owner);
    }

    public JdbcClient asService() {
        return client(service);
    }

    private static JdbcClient client(Database access) {
        return JdbcClient.create(new DriverManagerDataSource(access.jdbcUrl(), access.username(), access.password()));
    }
}
