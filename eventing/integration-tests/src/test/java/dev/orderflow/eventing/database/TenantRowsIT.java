package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.TenantRows;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** A table of two tenants, and a pool of one connection. */
@ExtendWith(OutputCaptureExtension.class)
class TenantRowsIT {

    private final Database service = TestInfrastructure.get().createDatabase("rows");
    private final Database owner = TestInfrastructure.get().separateOwner(service);
    private final HikariDataSource pool = pool();
    private final DataSource separated =
            (DataSource) new TenantDataSources().postProcessAfterInitialization(pool, "dataSource");
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(separated));
    private final JdbcClient jdbc = JdbcClient.create(separated);

    @BeforeEach
    void createTable() {
        asOwner("""
                CREATE TABLE note (tenant text, body text);
                INSERT INTO note VALUES ('a', 'of a'), ('b', 'of b');
                GRANT ALL ON note TO %1$s;""");
        createPolicies();
        putInForce();
    }

    private void createPolicies() {
        asOwner("""
                CREATE POLICY tenant ON note TO %1$s USING (tenant = nullif(current_setting('orderflow.tenant', true), ''));
                CREATE POLICY system ON note TO %1$s_system USING (true);
                GRANT ALL ON note TO %1$s_system""");
    }

    private void putInForce() {
        asOwner("ALTER TABLE note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
    }

    @AfterEach
    void closeWithoutATenant() {
        assertThat(notes()).isEmpty();
        assertThat(transaction.<String>execute(status -> notes())).isEmpty();
        pool.close();
    }

    @Test
    void aTransactionSeesTheRowsOfItsThreadsTenant() {
        assertThat(in(TenantRows.of("a"), this::notes)).isEqualTo("of a");
        assertThat(in(TenantRows.of("b"), this::notes)).isEqualTo("of b");
        assertThat(in(TenantRows.ofAll(), this::notes)).isEqualTo("of a,of b");
    }

    @Test
    void itKeepsTheRowsWithWhichItBegan() {
        assertThat(in(TenantRows.of("a"), () -> TenantRows.of("b").call(this::notes)))
                .isEqualTo("of a");
    }

    @Test
    void aStatementOutsideOfATransactionSeesNone() {
        assertThat(TenantRows.of("a").call(this::notes)).isEmpty();
        assertThat(TenantRows.ofAll().call(this::notes)).isEmpty();
    }

    /** The database of a running service gets the role, then policies, and then has them in force. */
    @Test
    void theRoleOfAllTenantsIsTakenOnOnceThereArePoliciesForIt(CapturedOutput output) {
        asOwner("""
                DROP POLICY tenant ON note;
                DROP POLICY system ON note;
                ALTER TABLE note DISABLE ROW LEVEL SECURITY;
                REVOKE ALL ON note FROM %1$s_system""");
        assertThat(in(TenantRows.ofAll(), this::roleAndNotes)).isEqualTo(service.username() + ": of a,of b");

        createPolicies();
        check();
        assertThat(output).contains("tenants=unseparated").doesNotContain("tenants=separated");
        assertThat(in(TenantRows.of("a"), this::notes)).isEqualTo("of a,of b");
        var seen = in(TenantRows.ofAll(), () -> {
            putInForce();
            return roleAndNotes();
        });

        assertThat(seen).isEqualTo(service.username() + "_system: of a,of b");
        check();
        assertThat(output).contains("tenants=separated");
        assertThat(in(TenantRows.of("a"), this::notes)).isEqualTo("of a");
    }

    private void check() {
        new TenantRoleCheck(JdbcClient.create(connections(service))).afterSingletonsInstantiated();
    }

    private String roleAndNotes() {
        return jdbc.sql("SELECT current_user").query(String.class).single() + ": " + notes();
    }

    @Test
    void afterAFailureTheConnectionHasNoTenant() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> in(
                        TenantRows.of("a"),
                        () -> jdbc.sql("SELECT 1 / 0").query(String.class).single()));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> in(TenantRows.ofAll(), () -> {
                    throw new IllegalStateException("of the work");
                }));
    }

    @Test
    void aTransactionWhoseConnectionIsLostDoesNotBeginOrSeesNothing() {
        in(TenantRows.of("a"), this::notes);
        for (var attempt = 0; attempt < 20; attempt++) {
            end();
            try {
                assertThat(in(TenantRows.of("a"), this::notes)).isEqualTo("of a");
            } catch (CannotCreateTransactionException e) {
                assertThat(e).hasMessageContaining("Could not open JDBC Connection");
            }
        }
    }

    @Test
    void migrationsFindThePoolItself() throws SQLException {
        assertThat(separated.unwrap(DataSource.class)).isSameAs(pool);
        assertThat(separated.unwrap(HikariDataSource.class)).isSameAs(pool);
        assertThat(separated.isWrapperFor(HikariDataSource.class)).isTrue();
    }

    private <T> T in(TenantRows rows, Supplier<T> work) {
        return rows.call(() -> transaction.execute(status -> work.get()));
    }

    private String notes() {
        return jdbc.sql("SELECT coalesce(string_agg(body, ',' ORDER BY body), '') FROM note")
                .query(String.class)
                .single();
    }

    /** Ends the pool's connection, which the pool does not notice. */
    private void end() {
        JdbcClient.create(connections(service))
                .sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE usename = session_user AND pid <> pg_backend_pid()")
                .query(Boolean.class)
                .list();
    }

    private void asOwner(String sql) {
        JdbcClient.create(connections(owner))
                .sql(sql.replace("%1$s", service.username()))
                .update();
    }

    private static DataSource connections(Database access) {
        return new DriverManagerDataSource(access.jdbcUrl(), access.username(), access.password());
    }

    private HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(service.jdbcUrl());
        config.setUsername(service.username());
        config.setPassword(service.password());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
