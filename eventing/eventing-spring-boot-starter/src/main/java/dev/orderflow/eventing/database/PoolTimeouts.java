package dev.orderflow.eventing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Time limits of connections to PostgreSQL. Without them the driver waits forever for a server that has vanished without closing
 * its connections, and a relay or a consumer hangs in the middle of a statement.
 * <p>
 * An application's pool gets the limits that the application does not set itself. A statement that takes longer than
 * {@link #APPLICATION} fails; an application with such statements sets
 * {@code spring.datasource.hikari.data-source-properties.socketTimeout} (in seconds, 0 for none). Migrations are exempt
 * ({@link MigrationDataSource}), and {@code LISTEN} waits in small steps.
 */
class PoolTimeouts implements BeanPostProcessor, Ordered {

    /** Exceeds the time of any statement of a batch, including waits for locks. */
    static final Duration APPLICATION = Duration.ofSeconds(60);

    /** Limit of the relay's statements, which read a page, or write a few rows that no other session locks for long. */
    static final Duration RELAY = Duration.ofSeconds(30);

    private static final String SOCKET_TIMEOUT = "socketTimeout";
    private static final Pattern IN_URL = Pattern.compile("[?&]" + SOCKET_TIMEOUT + "=(\\d+)");

    /**
     * Sets the limits, unless the application or its role has shorter ones. They also limit how long a transaction keeps its
     * locks after the process has been paused or has vanished.
     */
    private static final String SERVER_LIMITS = """
            SELECT set_config(name, '%1$d', false)
            FROM pg_settings
            WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout')
              AND setting::bigint NOT BETWEEN 1 AND %1$d\
            """;

    /** Milliseconds per second of the driver's limit: less than 1,000, so that the server ends a statement before the driver gives up. */
    private static final int SERVER_MILLIS_PER_SECOND = 900;

    /** Before others replace the pool. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning() && isPostgres(pool.getJdbcUrl())) {
            var properties = pool.getDataSourceProperties();
            properties.putIfAbsent(SOCKET_TIMEOUT, Long.toString(APPLICATION.toSeconds()));
            properties.putIfAbsent("connectTimeout", "10");
            properties.putIfAbsent("tcpKeepAlive", "true");
        }
        return bean;
    }

    /**
     * Limits a derived pool. The limit is set in the URL, which overrides the properties that both pools share. A limit that the
     * application has set in the URL is kept.
     * <p>
     * The server gets slightly shorter limits. When only the driver times out, the server does not notice before the statement
     * ends: a statement that waits for a lock continues to wait, keeps the locks of its transaction, and occupies a connection.
     * Repeated timeouts then exhaust the connections of the server.
     */
    static void bound(HikariConfig derived, Duration longest) {
        var url = derived.getJdbcUrl();
        var inUrl = url == null ? null : limitIn(url);
        var configured =
                inUrl != null ? inUrl : derived.getDataSourceProperties().getProperty(SOCKET_TIMEOUT);
        var seconds = shorter(configured, longest.toSeconds());
        if (isPostgres(url) && inUrl == null) {
            derived.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + SOCKET_TIMEOUT + "=" + seconds);
        }
        DerivedPool.begin(derived, String.format(Locale.ROOT, SERVER_LIMITS, seconds * SERVER_MILLIS_PER_SECOND));
    }

    private static @Nullable String limitIn(String url) {
        var limit = IN_URL.matcher(url);
        return limit.find() ? limit.group(1) : null;
    }

    /** The shorter of two limits in seconds; 0 means no limit. */
    private static long shorter(@Nullable String configured, long longest) {
        var seconds = configured == null ? 0 : Long.parseLong(configured);
        return seconds == 0 ? longest : Math.min(seconds, longest);
    }

    private static boolean isPostgres(@Nullable String url) {
        return url != null && url.startsWith("jdbc:postgresql:");
    }
}
