package dev.orderflow.order.idempotency;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets idempotency keys that no client repeats any more. Any number of instances may do so at the same time. */
@Component
@EnableConfigurationProperties(IdempotencyProperties.class)
class KeyRetention {

    private static final Logger log = LoggerFactory.getLogger(KeyRetention.class);

    /** Served by idempotency_key_age. Age is measured by the clock that also stamped the rows, the database's. */
    private static final String FORGET = """
            DELETE FROM idempotency_key
             WHERE created_at < now() - make_interval(secs => :seconds)
            """;

    private final JdbcClient jdbc;
    private final IdempotencyProperties properties;

    KeyRetention(JdbcClient jdbc, IdempotencyProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetOldKeys() {
        var forgotten = jdbc.sql(FORGET)
                .param("seconds", properties.retention().toSeconds())
                .update();
        if (forgotten > 0) {
            log.info("idempotency keys forgotten count={} retention={}", forgotten, properties.retention());
        }
    }
}
