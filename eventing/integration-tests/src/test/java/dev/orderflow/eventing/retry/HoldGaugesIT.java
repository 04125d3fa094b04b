package dev.orderflow.eventing.retry;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.admin.deadletter.DeadLetterDatabase;
import dev.orderflow.eventing.admin.deadletter.DeadLetterDesk;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(TestInfrastructure.LOCK)
class HoldGaugesIT {

    private static DeadLetterDatabase database;

    private final DeadLetterDesk desk = new DeadLetterDesk(database);

    @BeforeAll
    static void openDatabase() {
        database = new DeadLetterDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void gaugesFollowTheHoldsAndOutliveAnOutage(CapturedOutput output) {
        var gauges = new HoldGauges(
                new HoldGauges.Tallies(desk.jdbc, desk.consumer),
                desk.meters,
                desk.consumer,
                desk.tag,
                Duration.ofMillis(50));
        var id = desk.hold("a", "RETRYING");
        database.jdbc
                .sql("UPDATE key_hold SET since = since - interval '1 hour' WHERE event_id = ?")
                .param(id)
                .update();
        gauges.start();
        try {
            await().until(() -> Double.valueOf(1).equals(gauge("eventing.holds", "RETRYING")));
            assertThat(gauge("eventing.holds.oldest.age", null)).isBetween(3_600.0, 3_700.0);

            TestInfrastructure.get().killPostgres();
            await().until(() -> output.getOut().contains("gauges=stale"));
            TestInfrastructure.get().startPostgres();
            await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> desk.jdbc
                                    .sql("DELETE FROM key_hold WHERE event_id = ?")
                                    .param(id)
                                    .update()
                            == 1);

            await().until(() -> gauge("eventing.holds", "RETRYING") == null);
            assertThat(output.getOut().lines().filter(line -> line.contains("gauges=stale")))
                    .hasSize(1);
        } finally {
            gauges.stop();
        }
    }

    private @Nullable Double gauge(String name, @Nullable String state) {
        var search = desk.meters.find(name).tags("group", desk.consumer, "type", TYPE);
        var gauge = (state == null ? search : search.tag("state", state)).gauge();
        return gauge == null ? null : gauge.value();
    }
}
