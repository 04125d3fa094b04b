package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.of;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.ofType;
import static dev.orderflow.eventing.deadletter.DeadEvents.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.deadletter.DeadEvents;
import dev.orderflow.eventing.retry.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests which dead letters a replay selects, in which order it sends them, and what it leaves behind. */
class ReplayIT extends ReplayFixture {

    @Test
    void oneLetterIsSentOnItsWayAndItsEndIsTold() {
        var one = desk.dies("a");
        var other = desk.dies("b");
        var replay = desk.replays.request(of(one), null, "me");
        assertThat(replay)
                .returns(Replays.State.RUNNING, Replays.View::state)
                .returns("me", Replays.View::requestedBy)
                .returns(1, Replays.View::total)
                .returns(1, Replays.View::queued);

        start(desk.worker());
        awaitDone(replay);
        assertThat(desk.requeue.sent()).containsExactly(one);
        assertThat(desk.stateOf(one)).isEqualTo(DeadLetter.State.REPLAYING);
        assertThat(desk.stateOf(other)).isEqualTo(DeadLetter.State.DEAD);
        assertThat(find(replay)).returns(1, Replays.View::replaying);

        desk.letters.tookEffect(List.of(one));
        assertThat(find(replay)).returns(0, Replays.View::replaying).returns(1, Replays.View::replayed);
    }

    @Test
    void severalAreSentInTheOrderInWhichTheyDied() {
        var dead =
                IntStream.range(0, 250).mapToObj(number -> desk.diesAlone("k")).toList();
        for (var number = 0; number < 250; number++) {
            desk.diedAt(dead.get(number), NOON.minusSeconds(number));
        }
        var replay = desk.replays.request(all(), null, "me");
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).containsExactlyElementsOf(dead.reversed());
        assertThat(find(replay)).returns(250, Replays.View::total).returns(250, Replays.View::replaying);
    }

    @Test
    void aChunkHasNoMoreBytesThanFitIntoMemory() {
        var megabyte = new byte[1 << 20];
        IntStream.range(0, 20).forEach(number -> {
            var source = DeadEvents.source("k" + number, TYPE);
            desk.bury(DeadEvents.event(
                    new SourceRecord(source.id(), TOPIC, 0, number, source.key(), TYPE, source.headers(), megabyte),
                    false,
                    new IllegalStateException("broken"),
                    1));
        });
        var replay = desk.replays.request(all(), null, "me");
        var chunks = desk.chunks(desk.requeue);

        assertThat(chunks.advance(replay.id())).contains(Duration.ZERO);
        assertThat(desk.requeue.sent()).hasSize(7);
        assertThat(chunks.advance(replay.id())).contains(Duration.ZERO);
        assertThat(chunks.advance(replay.id())).isEmpty();
        assertThat(desk.requeue.sent()).hasSize(20);
    }

    @Test
    void onlyWhatIsSelectedAndDiedBeforeIsSent() {
        var early = desk.dies("a");
        var late = desk.dies("b");
        desk.diedAt(early, NOON.minusSeconds(1));
        desk.diedAt(late, NOON);
        var otherType = desk.dies("c", "other.v1", new IllegalStateException());
        desk.diedAt(otherType, NOON.minusSeconds(1));
        var filter = ofType(TYPE).filter();
        var replay = desk.replays.request(new Selection(null, filter, null, NOON), null, "me");
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).containsExactly(early);
    }

    @Test
    void aLetterMayBeMeantByItsEventsIdAndOnlyADeadOneIsSent() {
        var dead = desk.dies("a");
        var over = desk.dies("b");
        desk.letters.tookEffect(List.of(over));

        assertThat(desk.replays
                        .request(of(desk.letter(dead).id(), over, UUID.randomUUID()), null, "me")
                        .total())
                .isEqualTo(1);
        assertThat(desk.replays.request(of(dead), null, "me").total()).isZero();
    }

    @Test
    void whatIsNotDeadIsNotSent() {
        var onItsWay = desk.dies("a");
        var unknown = desk.dies("b");
        database.jdbc
                .sql("UPDATE key_hold SET state = 'RETRYING' WHERE event_id = ?")
                .param(onItsWay)
                .update();
        database.jdbc
                .sql("DELETE FROM key_hold WHERE event_id = ?")
                .param(unknown)
                .update();
        var replay = desk.replays.request(all(), null, "me");
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).isEmpty();
        assertThat(desk.stateOf(onItsWay)).isEqualTo(DeadLetter.State.REPLAYING);
        assertThat(desk.stateOf(unknown)).isEqualTo(DeadLetter.State.DEAD);
        assertThat(find(replay)).returns(1, Replays.View::replaying).returns(1, Replays.View::deadAgain);
    }

    @Test
    void keysAreLockedInAFixedOrder() {
        var second = desk.dies("b");
        var first = desk.dies("a");
        var replay = desk.replays.request(all(), null, "me");
        desk.chunks(desk.requeue).advance(replay.id());

        assertThat(desk.requeue.sent()).containsExactly(first, second);
    }

    @Test
    void discardingWhatIsQueuedEndsAReplay() {
        IntStream.range(0, 5).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 0.001, "me");
        start(desk.worker());
        await().until(() -> desk.requeue.sent().size() == 1);
        desk.discards.discard(ofType(TYPE), "not after all", "me");

        awaitDone(replay);
        assertThat(find(replay)).returns(4, Replays.View::discarded).returns(1, Replays.View::replaying);
    }

    @Test
    void requestAndResultAreAudited() {
        var who = desk.consumer;
        desk.dies("a");
        var replay = desk.replays.request(ofType(TYPE), null, who);
        start(desk.worker());
        awaitDone(replay);

        var deeds = desk.audit.page(null, 500, null).items().stream()
                .filter(entry -> entry.who().equals(who))
                .toList();
        assertThat(deeds)
                .extracting(Audit.Entry::action)
                .containsExactly(Audit.REPLAY_FINISHED, Audit.REPLAY_REQUESTED);
        assertThat(deeds.getFirst().target()).contains(replay.id().toString());
        assertThat(deeds.getFirst().result()).contains("\"replaying\": 1", "\"state\": \"DONE\"");
        assertThat(deeds.getLast().target()).isEqualTo("{\"filter\": {\"type\": \"" + TYPE + "\"}}");
        assertThat(deeds.getLast().result()).contains("\"total\": 1");
    }

    @Test
    void replaysAreListedTheNewestFirst() {
        var first = desk.replays.request(all(), null, "me");
        var second = desk.replays.request(all(), null, "me");

        var page = desk.replays.page(1, null);
        assertThat(page.items()).extracting(Replays.View::id).containsExactly(second.id());
        assertThat(desk.replays.page(1, page.nextCursor()).items())
                .extracting(Replays.View::id)
                .containsExactly(first.id());
    }
}
