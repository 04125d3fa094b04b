package dev.orderflow.eventing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A small connection pool of the starter for the application's database. It copies the settings of the application's pool and
 * changes some of them, so that neither pool takes connections of the other. An application whose pool is not HikariCP shares its
 * pool.
 */
final class DerivedPool implements AutoCloseable {

    private final @Nullable HikariDataSource own;
    private final DataSource dataSource;

    private DerivedPool(@Nullable HikariDataSource own, DataSource applications) {
        this.own = own;
        this.dataSource = own == null ? applications : own;
    }

    /**
     * @param longestStatement time limit of a statement, which fails when it takes longer
     * @param settings         changes to the settings of the application's pool
     */
    static DerivedPool of(DataSource applications, Duration longestStatement, Consumer<HikariConfig> settings) {
        var own = hikari(applications).map(pool -> derive(pool, longestStatement, settings));
        return new DerivedPool(own.orElse(null), applications);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Returns whether these connections are separate from the application's. */
    boolean isOwn() {
        return own != null;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }

    /** Adds statements to the initialization of a connection. */
    static void begin(HikariConfig config, String sql) {
        config.setConnectionInitSql(Stream.of(config.getConnectionInitSql(), sql)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(";")));
    }

    private static Optional<HikariDataSource> hikari(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(HikariDataSource.class)
                    ? Optional.of(dataSource.unwrap(HikariDataSource.class))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static HikariDataSource derive(
            HikariDataSource applications, Duration longestStatement, Consumer<HikariConfig> settings) {
        var config = new HikariConfig();
        applications.copyStateTo(config);
        config.setAutoCommit(true);
        config.setReadOnly(false);
        // A concurrent change of a row must not fail the next statement that changes it.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // The application's pool checks at start-up that the database answers.
        config.setInitializationFailTimeout(-1);
        settings.accept(config);
        PoolTimeouts.bound(config, longestStatement);
        return new HikariDataSource(config);
    }
}
