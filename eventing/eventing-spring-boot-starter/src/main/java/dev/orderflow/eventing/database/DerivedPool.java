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
 * A few connections of the starter's own to the application's database, with the settings of the application's pool and some others,
 * so that neither takes the other's. An application whose pool is not HikariCP shares its pool.
 */
final class DerivedPool implements AutoCloseable {

    private final @Nullable HikariDataSource own;
    private final DataSource dataSource;

    private DerivedPool(@Nullable HikariDataSource own, DataSource applications) {
        this.own = own;
        this.dataSource = own == null ? applications : own;
    }

    /**
     * @param longestStatement what takes longer fails
     * @param settings         others than the application's pool has
     */
    static DerivedPool of(DataSource applications, Duration longestStatement, Consumer<HikariConfig> settings) {
        var own = hikari(applications).map(pool -> derive(pool, longestStatement, settings));
        return new DerivedPool(own.orElse(null), applications);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Whether these connections are apart from the application's. */
    boolean isOwn() {
        return own != null;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }

    /** Adds statements to those that begin a connection. */
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
        // A row that somebody else has changed meanwhile must not fail the statement that changes it next.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // That the database answers at start-up is the application's pool's concern.
        config.setInitializationFailTimeout(-1);
        settings.accept(config);
        PoolTimeouts.bound(config, longestStatement);
        return new HikariDataSource(config);
    }
}
