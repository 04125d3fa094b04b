package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.ContextConfiguration;

/** An application whose role can only read and write rows. Another role owns the tables, and migrates them. */
@ContextConfiguration(initializers = LeastPrivilegeIT.SeparateOwner.class)
class LeastPrivilegeIT extends EventExchangeIT {

    @Autowired
    private Environment environment;

    static final class SeparateOwner implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var of = context.getEnvironment();
            var name = of.getRequiredProperty("spring.datasource.username");
            var owner = TestInfrastructure.get()
                    .separateOwner(new Database(of.getRequiredProperty("spring.datasource.url"), name, name));
            JdbcClient.create(new DriverManagerDataSource(owner.jdbcUrl(), owner.username(), owner.password()))
                    .sql("ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + name
                            + "; ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO " + name)
                    .update();
            TestPropertyValues.of(
                            "spring.flyway.user=" + owner.username(),
                            "spring.flyway.password=" + owner.password(),
                            "eventing.migration.user=" + owner.username(),
                            "eventing.migration.password=" + owner.password())
                    .applyTo(context);
        }
    }

    @Test
    void failedEventsAreRetriedInOrder() {
        faults.fail(account, 2);
        publish(new Opened(account), new Deposited(account, 1), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "closed"));
    }

    @Test
    void partitionsOfComingDaysAreCreated() {
        await().untilAsserted(() ->
                assertThat(jdbc.sql("""
                                SELECT count(*) FROM pg_inherits
                                WHERE inhparent IN ('outbox'::regclass, 'inbox'::regclass) AND inhrelid::regclass::text ~ '_\\d{8}$'
                                """).query(Integer.class).single()).isGreaterThanOrEqualTo(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE mine ()",
                "CREATE TEMPORARY TABLE mine ()",
                "CREATE SCHEMA mine",
                "DROP TABLE outbox",
                "TRUNCATE outbox",
                "ALTER TABLE outbox ADD COLUMN mine text",
                "CREATE TRIGGER mine BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_adopt()",
                "ALTER TABLE admin_audit DISABLE TRIGGER ALL",
                "UPDATE admin_audit SET who = 'nobody'",
                "DELETE FROM admin_audit",
                "TRUNCATE admin_audit",
                "DROP FUNCTION day_partition(text, regclass, text, uuid, uuid)",
                "SET session_replication_role = replica"
            })
    void theRoleCannot(String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|must be owner|only added to).*");
    }

    @Test
    void aTableThatIsOnlyNamedLikeAPartitionIsNotDropped() {
        owner().sql("CREATE TABLE inbox_20200101 AS SELECT 42 AS answer").update();

        assertThatThrownBy(() -> jdbc.sql("SELECT day_partition('drop', 'inbox', 'inbox_20200101', NULL, NULL)")
                        .query((row, number) -> "done")
                        .list())
                .rootCause()
                .hasMessageContaining("has no partition of a day named");
        assertThat(owner().sql("SELECT answer FROM inbox_20200101")
                        .query(Integer.class)
                        .single())
                .isEqualTo(42);
    }

    private JdbcClient owner() {
        return JdbcClient.create(new DriverManagerDataSource(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.flyway.user"),
                environment.getRequiredProperty("spring.flyway.password")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'drop', 'outbox', 'outbox_default'",
                "'drop', 'outbox', 'outbox_20200101'",
                "'drop', 'outbox', 'outbox_sequence'",
                "'drop', 'outbox', 'inbox_20200101'",
                "'drop', 'key_hold', 'key_hold_20200101'",
                "'create', 'pg_catalog.pg_class', 'pg_class_20200101'",
                "'create', 'outbox', 'outbox_20200101; DROP TABLE outbox'"
            })
    void theOwnersRightsServeNothingButPartitionsOfDays(String arguments) {
        assertThatThrownBy(() -> jdbc.sql("SELECT day_partition(" + arguments + ", NULL, NULL)")
                        .query((row, number) -> "done")
                        .list())
                .rootCause()
                .hasMessageContaining("has no partition of a day named");
    }
}
