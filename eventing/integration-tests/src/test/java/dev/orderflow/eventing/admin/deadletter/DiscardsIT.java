package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.of;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.ofType;
import static dev.orderflow.eventing.deadletter.DeadEvents.event;
import static dev.orderflow.eventing.deadletter.DeadEvents.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DiscardsIT {

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
    void whatIsGivenUpLetsItsSuccessorsGo() {
        var given = desk.dies("a");
        desk.hold("a", "PARKED");
        desk.hold("a", "PARKED");
        var kept = desk.dies("b");

        assertThat(desk.discards.discard(of(given), "test order", "me")).isEqualTo(new Discards.Result(1, 2));
        assertThat(desk.letter(given)).returns(DeadLetter.State.DISCARDED, DeadLetter.Details::state);
        assertThat(desk.letter(given).closedAt()).isNotNull();
        assertThat(desk.stateOf(kept)).isEqualTo(DeadLetter.State.DEAD);
        assertThat(desk.holds()).containsExactly("HELD", "HELD", "DEAD");
        assertThat(desk.counted("discarded")).isEqualTo(1);
    }

    @Test
    void whatIsOverIsLeftAlone() {
        var replayed = desk.dies("a");
        desk.letters.tookEffect(List.of(replayed));
        var discarded = desk.diesAlone("b");
        desk.discards.discard(of(discarded), "once", "me");

        assertThat(desk.discards.discard(of(replayed, discarded), "twice", "me"))
                .isEqualTo(new Discards.Result(0, 0));
        assertThat(desk.stateOf(replayed)).isEqualTo(DeadLetter.State.REPLAYED);
    }

    @Test
    void manyAreGivenUpInChunksEachWithItsRecord() {
        var who = desk.consumer;
        desk.bury(IntStream.range(0, 1_001)
                .mapToObj(number -> event(source("k" + number, TYPE), false, new IllegalStateException(), 1))
                .toArray(DeadEvent[]::new));

        assertThat(desk.discards.discard(ofType(TYPE), "all wrong", who)).isEqualTo(new Discards.Result(1_001, 0));
        assertThat(desk.queries
                        .page(DeadLetterDesk.query(DeadLetter.State.DEAD, null, null))
                        .items())
                .isEmpty();
        var deeds = desk.audit.page(Audit.DISCARDED, 500, null).items().stream()
                .filter(entry -> entry.who().equals(who))
                .toList();
        assertThat(deeds)
                .extracting(Audit.Entry::result)
                .containsExactly(
                        "{\"released\": 0, \"discarded\": 1}",
                        "{\"released\": 0, \"discarded\": 500}",
                        "{\"released\": 0, \"discarded\": 500}");
        assertThat(deeds.getFirst().target())
                .contains("\"reason\": \"all wrong\"", "\"type\": \"" + TYPE + "\"", "\"letters\": [\"");
        assertThat(desk.audit.page(Audit.REPLAY_REQUESTED, 500, null).items())
                .noneMatch(entry -> entry.who().equals(who));
    }
}
