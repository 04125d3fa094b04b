package dev.orderflow.eventing.outbox.relay;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.test.TcpProxy;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LostListenerIT {

    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    /** Otherwise it would wait on a dead connection until the pool's maximum lifetime. */
    @Test
    void aListenerWhoseServerHasVanishedListensAgain() {
        var database = TestInfrastructure.get().createDatabase("listener");
        var port = PORT.matcher(database.jdbcUrl());
        port.find();
        try (var proxy = new TcpProxy(Integer.parseInt(port.group(1)));
                var pool = new HikariDataSource()) {
            pool.setJdbcUrl(port.replaceFirst(":" + proxy.port() + "/"));
            pool.setUsername(database.username());
            pool.setPassword(database.password());
            pool.addDataSourceProperty("socketTimeout", "1");
            var heard = new AtomicInteger();
            try (var signals = new RelaySignals(pool, Duration.ofMillis(200))) {
                signals.listen(heard::addAndGet);
                await().until(() -> {
                    signals.send(1);
                    return heard.get() > 0;
                });

                proxy.loseConnections();
                heard.set(0);

                await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                    signals.send(1);
                    return heard.get() > 0;
                });
            }
        }
    }
}
