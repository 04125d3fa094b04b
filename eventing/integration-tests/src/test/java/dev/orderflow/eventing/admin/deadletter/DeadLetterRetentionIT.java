package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.deadletter.DeadEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeadLetterRetentionIT {

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
    void onlyLettersThatWereClosedLongAgoAreDeleted() {
        var waiting = desk.dies("a");
        var replayed = desk.dies("b");
        desk.letters.tookEffect(List.of(replayed));
        var discarded = desk.diesAlone("c");
        desk.discards.discard(of(discarded), "test", "me");
        pass(Duration.ofDays(31));
        var closedToday = desk.dies("d");
        desk.letters.tookEffect(List.of(closedToday));

        forget(Optional.of(Instant.now().minus(Duration.ofDays(30))));

        assertThat(letters()).containsExactlyInAnyOrder(waiting, closedToday);
        assertThat(desk.meters.get("eventing.deadletters.expired").counter().count())
                .isEqualTo(2);
    }

    @Test
    void withoutWitnessedTimeNothingIsDeleted() {
        var replayed = desk.dies("a");
        desk.letters.tookEffect(List.of(replayed));
        pass(Duration.ofDays(3_000));

        forget(Optional.empty());

        assertThat(letters()).containsExactly(replayed);
    }

    private void forget(Optional<Instant> cutOff) {
        DeadEvents.retention(desk.jdbc, desk.consumer, retention -> cutOff, desk.meters)
                .run();
    }

    private void pass(Duration time) {
        desk.jdbc
                .sql("""
                        UPDATE dead_letter
                        SET died_at = died_at - make_interval(secs => :seconds),
                            closed_at = closed_at - make_interval(secs => :seconds)
                        WHERE consumer = :consumer
                        """)
                .param("seconds", time.toSeconds())
                .param("consumer", desk.consumer)
                .update();
    }

    private List<UUID> letters() {
        return desk.jdbc
                .sql("SELECT event_id FROM dead_letter WHERE consumer = :consumer")
                .param("consumer", desk.consumer)
                .query(UUID.class)
                .list();
    }
}
