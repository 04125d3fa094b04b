package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.test.TestInfrastructure;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class TwoDatabasesIT {

    private final DataSource one = database();
    private final DataSource other = database();

    @Test
    void allOfOneDatabaseIsRight() {
        assertThatCode(() -> new OneDatabase(one, new JdbcTemplate(one), JdbcClient.create(one))
                        .require(new JdbcTransactionManager(one)))
                .doesNotThrowAnyException();
    }

    @Test
    void aTransactionManagerOfAnotherDatabaseStopsTheStart() {
        refused(new OneDatabase(one, new JdbcTemplate(one), JdbcClient.create(one)));
    }

    @Test
    void aClientOfAnotherDatabaseStopsTheStart() {
        refused(new OneDatabase(other, new JdbcTemplate(other), JdbcClient.create(one)));
        refused(new OneDatabase(other, new JdbcTemplate(one), JdbcClient.create(other)));
        refused(new OneDatabase(one, new JdbcTemplate(other), JdbcClient.create(other)));
    }

    private void refused(OneDatabase database) {
        assertThatThrownBy(() -> database.require(new JdbcTransactionManager(other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("do not share one transaction")
                .hasMessageContaining("@Primary");
    }

    private static DataSource database() {
        var database = TestInfrastructure.get().createDatabase("two");
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
