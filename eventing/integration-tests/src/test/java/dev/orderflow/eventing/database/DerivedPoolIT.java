package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A pool whose driver gives up after two seconds. */
class DerivedPoolIT {

    private final Database database = TestInfrastructure.get().createDatabase("derived");
    private final HikariDataSource applications = new HikariDataSource();

    DerivedPoolIT() {
        applications.setJdbcUrl(database.jdbcUrl());
        applications.setUsername(database.username());
        applications.setPassword(database.password());
        applications.setMaximumPoolSize(1);
        applications.addDataSourceProperty("socketTimeout", "2");
    }

    @AfterEach
    void close() {
        applications.close();
    }

    @Test
    void theServerEndsAStatementThatTakesTooLongAndTheConnectionStays() {
        try (var pool = derive()) {
            var jdbc = new JdbcTemplate(pool.dataSource());
            var before = backend(jdbc);

            assertThatThrownBy(() -> jdbc.execute("SELECT pg_sleep(60)")).isInstanceOf(QueryTimeoutException.class);

            assertThat(backend(jdbc)).isEqualTo(before);
        }
    }

    /** Otherwise its locks would block others until somebody notices that the process is paused or gone. */
    @Test
    void theServerEndsATransactionOfWhichItHearsNothing() throws SQLException {
        var others = new JdbcTemplate(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        others.execute("CREATE TABLE locked ()");
        try (var pool = derive();
                var connection = pool.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "LOCK TABLE locked");

            others.execute("SET lock_timeout = '20s'; TRUNCATE locked");
            assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aShorterLimitOfTheApplicationStays() {
        applications.setConnectionInitSql("SET statement_timeout = '1234ms'");
        try (var pool = derive()) {
            assertThat(limit(pool)).isEqualTo("1234ms");
        }
    }

    @Test
    void aLongerLimitOfTheApplicationDoesNot() {
        applications.setConnectionInitSql("SET statement_timeout = '1h'");
        try (var pool = derive()) {
            assertThat(limit(pool)).isEqualTo("1800ms");
        }
    }

    @Test
    void theApplicationsPoolIsLeftAsItIs() {
        try (var pool = derive()) {
            assertThat(limit(pool)).isEqualTo("1800ms");
            assertThat(new JdbcTemplate(applications).queryForObject("SHOW statement_timeout", String.class))
                    .isEqualTo("0");
            assertThat(applications.getDataSourceProperties()).hasSize(1);
        }
    }

    @Test
    void aPoolThatIsNotHikaricpIsShared() {
        var shared = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        try (var pool = DerivedPool.of(shared, Duration.ofSeconds(30), config -> {})) {
            assertThat(pool.dataSource()).isSameAs(shared);
            assertThat(pool.isOwn()).isFalse();
        }
    }

    private DerivedPool derive() {
        return DerivedPool.of(applications, Duration.ofSeconds(30), config -> config.setMaximumPoolSize(1));
    }

    private static String limit(DerivedPool pool) {
        return new JdbcTemplate(pool.dataSource()).queryForObject("SHOW statement_timeout", String.class);
    }

    private static Integer backend(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
