package dev.orderflow.eventing.deadletter;

import static dev.orderflow.eventing.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.deadletter.DeadLetterDesk.all;
import static dev.orderflow.eventing.deadletter.DeadLetterDesk.event;
import static dev.orderflow.eventing.deadletter.DeadLetterDesk.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.Attempt;
import dev.orderflow.eventing.retry.DeadEvent;
import dev.orderflow.eventing.retry.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeadLettersIT {

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
    void aDeadEventIsKeptAsItWasPublishedWithItsHistory() {
        var source = source("a", TYPE);
        desk.bury(event(source, true, new IllegalStateException("no 17", new ArithmeticException("by 0")), 4));

        var letter = desk.letter(source.id());
        assertThat(letter)
                .returns(source.id(), LetterDetails::eventId)
                .returns(TYPE, LetterDetails::type)
                .returns(DeadLetterDesk.TOPIC, LetterDetails::topic)
                .returns(3, LetterDetails::partition)
                .returns(42L, LetterDetails::offset)
                .returns("a", LetterDetails::key)
                .returns(DeadLetterDesk.HANDLER, LetterDetails::handler)
                .returns("java.lang.IllegalStateException", LetterDetails::exception)
                .returns("no 17", LetterDetails::message)
                .returns("java.lang.ArithmeticException: by 0", LetterDetails::rootCause)
                .returns(LetterState.DEAD, LetterDetails::state)
                .returns(1, LetterDetails::deaths)
                .returns("{\"account\":\"a\"}", LetterDetails::payload);
        assertThat(letter.headers()).containsEntry("ce_type", TYPE);
        assertThat(letter.attempts()).contains("2026-03-01T12:00:00Z", "\"level\": 1", "x.Y", "failed");
        assertThat(desk.queries.details(letter.id())).isEqualTo(letter);
        assertThat(desk.counted("dead")).isEqualTo(1);
    }

    @Test
    void anEventThatDiesAgainKeepsOneLetterWithTheLastTwentyAttempts() {
        var source = source("a", TYPE);
        desk.bury(event(source, true, new IllegalStateException("first"), 15));
        var before = desk.letter(source.id());
        desk.replays.request(all(), null, "me");
        desk.bury(event(source, false, new ArithmeticException("second"), 15));

        assertThat(desk.queries.page(DeadLetterDesk.query(null, null, null)).items())
                .singleElement()
                .returns(20, LetterView::attempts)
                .returns(2, LetterView::deaths)
                .returns(LetterState.DEAD, LetterView::state)
                .returns("second", LetterView::message)
                .returns(before.firstDiedAt(), LetterView::firstDiedAt)
                .satisfies(letter -> assertThat(letter.diedAt()).isAfter(before.diedAt()));
        assertThat(desk.replays.page(1, null).items()).singleElement().returns(1, Replays.View::deadAgain);
        assertThat(desk.counted("dead")).isEqualTo(2);
    }

    @Test
    void aRecordWithNothingReadableIsKeptToo() {
        var id = UUID.randomUUID();
        var source = new SourceRecord(id, "t", 0, 0, "k\0k", "ty\0pe", new RecordHeaders().add("h", null), null);
        var attempt = new Attempt(Instant.EPOCH, 0, "x.Y", "nu\0l", null);
        var keyless = new SourceRecord(
                UUID.randomUUID(), "t", 0, 1, null, SourceRecord.UNREADABLE, new RecordHeaders(), new byte[] {0});
        desk.bury(
                new DeadEvent(source, null, false, new IllegalStateException((String) null), List.of(attempt)),
                new DeadEvent(keyless, null, false, new IllegalStateException("a\0b"), List.of()));

        assertThat(desk.letter(id))
                .returns("k\uFFFDk", LetterDetails::key)
                .returns("ty\uFFFDpe", LetterDetails::type)
                .returns(null, LetterDetails::payload)
                .returns(null, LetterDetails::message)
                .returns(null, LetterDetails::handler);
        assertThat(desk.letter(keyless.id()))
                .returns(null, LetterDetails::key)
                .returns("[]", LetterDetails::attempts)
                .returns("{\"base64\":\"AA==\"}", LetterDetails::payload);
    }

    @Test
    void aKeyMayBeOfAnyLength() {
        var key = "k".repeat(100_000);
        var id = desk.diesAlone(key);

        assertThat(desk.letter(id).key()).isEqualTo(key);
    }

    @Test
    void theSameEventTwiceInOneCallDiesOnce() {
        var source = source("a", TYPE);
        desk.bury(
                event(source, true, new IllegalStateException("1"), 1),
                event(source, true, new IllegalStateException("2"), 1));

        assertThat(desk.letter(source.id())).returns(1, LetterDetails::deaths).returns("2", LetterDetails::message);
    }

    @Test
    void whatTookEffectIsClosedAndWhatWasNeverDeadIsNoMatter() {
        var replaying = desk.dies("a");
        desk.replays.request(all(), null, "me");
        var dead = desk.dies("b");
        desk.letters.tookEffect(List.of(replaying, dead, UUID.randomUUID()));
        desk.letters.tookEffect(Set.of());

        assertThat(desk.letter(replaying)).returns(LetterState.REPLAYED, LetterDetails::state);
        assertThat(desk.letter(replaying).closedAt()).isNotNull();
        assertThat(desk.stateOf(dead)).isEqualTo(LetterState.REPLAYED);
        assertThat(desk.counted("replayed")).isEqualTo(2);

        desk.letters.tookEffect(List.of(dead));
        assertThat(desk.counted("replayed")).isEqualTo(2);
    }

    @Test
    void whatIsRolledBackDidNotHappen() {
        var source = source("a", TYPE);
        desk.transaction.executeWithoutResult(status -> {
            desk.letters.died(List.of(event(source, true, new IllegalStateException(), 1)));
            status.setRollbackOnly();
        });

        assertThat(desk.queries.page(DeadLetterDesk.query(null, null, null)).items())
                .isEmpty();
        assertThat(desk.counted("dead")).isZero();
    }

    @Test
    void theHistoryOfOneDeathIsBoundedToo() {
        var source = source("a", TYPE);
        desk.bury(event(source, true, new IllegalStateException(), 50));

        assertThat(desk.queries.page(DeadLetterDesk.query(null, null, null)).items())
                .singleElement()
                .returns(DeadLetters.KEPT_ATTEMPTS, LetterView::attempts);
    }
}
