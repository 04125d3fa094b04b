package dev.orderflow.eventing.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Time limits of connections to PostgreSQL, whose driver would otherwise wait for ever for a server that has vanished without
 * closing them: a relay or a consumer would hang in the middle of a statement.
 * <p>
 * An application's pool gets what it does not set itself. A statement of more than {@link #APPLICATION} is cut, so an application
 * that has such statements sets {@code spring.datasource.hikari.data-source-properties.socketTimeout} (in seconds, 0 for none).
 * Migrations are exempt ({@link MigrationDataSource}), and {@code LISTEN} waits in small steps.
 */
class PoolTimeouts implements BeanPostProcessor {

    /** Beyond what any batch's statement takes, waiting for locks included. */
    static final Duration APPLICATION = Duration.ofSeconds(60);

    /** The relay's statements read a page, or write a few rows that nobody else locks for long. */
    static final Duration RELAY = Duration.ofSeconds(30);

    private static final String SOCKET_TIMEOUT = "socketTimeout";

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
     * Bounds a pool that was derived from another one, by its URL: that counts more than properties, which both pools share. A
     * limit in the URL is the application's and stays.
     */
    static void bound(HikariConfig derived, Duration longest) {
        var url = derived.getJdbcUrl();
        if (isPostgres(url) && !url.contains(SOCKET_TIMEOUT + "=")) {
            var seconds = shorter(derived.getDataSourceProperties().getProperty(SOCKET_TIMEOUT), longest.toSeconds());
            derived.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + SOCKET_TIMEOUT + "=" + seconds);
        }
    }

    /** Zero is none. */
    private static long shorter(@Nullable String configured, long longest) {
        var seconds = configured == null ? 0 : Long.parseLong(configured);
        return seconds == 0 ? longest : Math.min(seconds, longest);
    }

    private static boolean isPostgres(@Nullable String url) {
        return url != null && url.startsWith("jdbc:postgresql:");
    }
}
