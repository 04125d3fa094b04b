package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static dev.orderflow.eventing.deadletter.DeadEvents.event;
import static dev.orderflow.eventing.deadletter.DeadEvents.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.deadletter.DeadEvents;
import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
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
                .returns(source.id(), DeadLetter.Details::eventId)
                .returns(TYPE, DeadLetter.Details::type)
                .returns(DeadEvents.TOPIC, DeadLetter.Details::topic)
                .returns(3, DeadLetter.Details::partition)
                .returns(42L, DeadLetter.Details::offset)
                .returns("a", DeadLetter.Details::key)
                .returns(DeadEvents.HANDLER, DeadLetter.Details::handler)
                .returns("java.lang.IllegalStateException", DeadLetter.Details::exception)
                .returns("no 17", DeadLetter.Details::message)
                .returns("java.lang.ArithmeticException: by 0", DeadLetter.Details::rootCause)
                .returns(DeadLetter.State.DEAD, DeadLetter.Details::state)
                .returns(1, DeadLetter.Details::deaths)
                .returns("{\"account\":\"a\"}", DeadLetter.Details::payload);
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
                .returns(20, DeadLetter::attempts)
                .returns(2, DeadLetter::deaths)
                .returns(DeadLetter.State.DEAD, DeadLetter::state)
                .returns("second", DeadLetter::message)
                .returns(before.firstDiedAt(), DeadLetter::firstDiedAt)
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
                .returns("k\uFFFDk", DeadLetter.Details::key)
                .returns("ty\uFFFDpe", DeadLetter.Details::type)
                .returns(null, DeadLetter.Details::payload)
                .returns(null, DeadLetter.Details::message)
                .returns(null, DeadLetter.Details::handler);
        assertThat(desk.letter(keyless.id()))
                .returns(null, DeadLetter.Details::key)
                .returns("[]", DeadLetter.Details::attempts)
                .returns("{\"base64\":\"AA==\"}", DeadLetter.Details::payload);
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

        assertThat(desk.letter(source.id()))
                .returns(1, DeadLetter.Details::deaths)
                .returns("2", DeadLetter.Details::message);
    }

    @Test
    void whatTookEffectIsClosedAndWhatWasNeverDeadIsNoMatter() {
        var replaying = desk.dies("a");
        desk.replays.request(all(), null, "me");
        var dead = desk.dies("b");
        desk.letters.tookEffect(List.of(replaying, dead, UUID.randomUUID()));
        desk.letters.tookEffect(Set.of());

        assertThat(desk.letter(replaying)).returns(DeadLetter.State.REPLAYED, DeadLetter.Details::state);
        assertThat(desk.letter(replaying).closedAt()).isNotNull();
        assertThat(desk.stateOf(dead)).isEqualTo(DeadLetter.State.REPLAYED);
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
                .returns(20, DeadLetter::attempts);
    }
}
