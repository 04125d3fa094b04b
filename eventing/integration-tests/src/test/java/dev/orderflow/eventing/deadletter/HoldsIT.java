package dev.orderflow.eventing.deadletter;

import static dev.orderflow.eventing.deadletter.DeadLetterDesk.TOPIC;
import static dev.orderflow.eventing.deadletter.DeadLetterDesk.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

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
class HoldsIT {

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
    void eachTellsForWhichItWaits() {
        var first = desk.hold("a", "RETRYING");
        var second = desk.hold("a", "HELD");
        var third = desk.hold("a", "HELD");
        var other = desk.dies("b");

        assertThat(desk.holds.page(query(null, null, null, null)).items())
                .extracting(Holds.View::eventId, Holds.View::state, Holds.View::waitsFor)
                .containsExactly(
                        tuple(first, Holds.State.RETRYING, null),
                        tuple(second, Holds.State.HELD, first),
                        tuple(third, Holds.State.HELD, first),
                        tuple(other, Holds.State.DEAD, null));
    }

    @Test
    void holdsCanBeFilteredAndPagedInTheirOrder() {
        desk.hold("a", "RETRYING");
        desk.hold("b", "HELD");
        desk.hold("b", "PARKED");

        assertThat(desk.holds.page(query("b", null, null, null)).items())
                .extracting(Holds.View::state)
                .containsExactly(Holds.State.HELD, Holds.State.PARKED);
        assertThat(desk.holds.page(query(null, Holds.State.PARKED, null, null)).items())
                .singleElement()
                .returns(2, Holds.View::attempts)
                .returns(TOPIC, Holds.View::topic)
                .returns(TYPE, Holds.View::type);
        var page = desk.holds.page(query(null, null, 2, null));
        assertThat(page.items()).hasSize(2);
        assertThat(desk.holds.page(query(null, null, 2, page.nextCursor())))
                .returns(null, Page::nextCursor)
                .satisfies(last -> assertThat(last.items()).hasSize(1));
    }

    @Test
    void theSummaryCountsByState() {
        assertThat(desk.holds.summary()).isEqualTo(new Holds.Summary(0, 0, 0, 0, null));
        desk.hold("a", "RETRYING");
        desk.hold("a", "HELD");
        desk.hold("b", "HELD");
        desk.hold("c", "PARKED");
        desk.dies("d");

        var oldest =
                desk.holds.page(query("a", null, 1, null)).items().getFirst().since();
        assertThat(desk.holds.summary()).isEqualTo(new Holds.Summary(1, 2, 1, 1, oldest));
    }

    @Test
    void gaugesFollowTheHoldsAndOutliveAnOutage(CapturedOutput output) {
        var gauges = new HoldGauges(desk.holds, desk.meters, desk.consumer, desk.tag, Duration.ofMillis(50));
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

    private static Holds.Query query(
            @Nullable String key, Holds.@Nullable State state, @Nullable Integer limit, @Nullable String cursor) {
        return new Holds.Query(null, key, null, state, limit, cursor);
    }
}
