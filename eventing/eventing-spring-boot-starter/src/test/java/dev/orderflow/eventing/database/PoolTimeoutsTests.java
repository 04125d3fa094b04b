package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTimeoutsTests {

    private final PoolTimeouts timeouts = new PoolTimeouts();

    @Test
    void aPoolToPostgresIsBounded() {
        try (var pool = pool("jdbc:postgresql://db/orders")) {
            assertThat(pool.getDataSourceProperties())
                    .containsEntry("socketTimeout", "60")
                    .containsEntry("connectTimeout", "10")
                    .containsEntry("tcpKeepAlive", "true");
        }
    }

    @Test
    void whatAnApplicationSetsCounts() {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://db/orders");
            pool.addDataSourceProperty("socketTimeout", "0");
            timeouts.postProcessAfterInitialization(pool, "dataSource");

            assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "0");
        }
    }

    /** Other drivers know other properties, or these in other units. */
    @Test
    void aPoolToAnotherDatabaseIsLeftAlone() {
        try (var pool = pool("jdbc:mysql://db/orders")) {
            assertThat(pool.getDataSourceProperties()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/orders,                    , jdbc:postgresql://db/orders?socketTimeout=30",
        "jdbc:postgresql://db/orders,                   0, jdbc:postgresql://db/orders?socketTimeout=30",
        "jdbc:postgresql://db/orders,                  60, jdbc:postgresql://db/orders?socketTimeout=30",
        "jdbc:postgresql://db/orders,                   2, jdbc:postgresql://db/orders?socketTimeout=2",
        "jdbc:postgresql://db/orders?ssl=true,           , jdbc:postgresql://db/orders?ssl=true&socketTimeout=30",
        "jdbc:postgresql://db/orders?socketTimeout=0,    , jdbc:postgresql://db/orders?socketTimeout=0",
        "jdbc:mysql://db/orders,                         , jdbc:mysql://db/orders"
    })
    void aDerivedPoolIsBoundedByItsUrl(String url, String configured, String expected) {
        var derived = new HikariConfig();
        derived.setJdbcUrl(url);
        if (configured != null) {
            derived.addDataSourceProperty("socketTimeout", configured);
        }

        PoolTimeouts.bound(derived, PoolTimeouts.RELAY);

        assertThat(derived.getJdbcUrl()).isEqualTo(expected);
    }

    private HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        timeouts.postProcessAfterInitialization(pool, "dataSource");
        return pool;
    }
}
