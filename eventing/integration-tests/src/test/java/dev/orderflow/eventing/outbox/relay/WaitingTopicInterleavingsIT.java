package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.outbox.relay.SteppedRelay.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays every order of the steps of a relay, commits and an operator's release while a topic of some keys accepts no events for a
 * while. The relay claims fewer events at once than are waiting.
 * <p>
 * Afterwards the events of each key were published in order, and no event is left.
 */
class WaitingTopicInterleavingsIT {

    /** Steps: the relay, its start after a failure, the commit of one more event per key, and the operator's release. */
    private static final char RELAY = 'a';

    private static final char START_OVER = 's';
    private static final char COMMIT = 'c';
    private static final char OPERATOR = 'o';

    private static final Logger LOG = LoggerFactory.getLogger(WaitingTopicInterleavingsIT.class);

    private static PlayedOutbox database;

    @BeforeAll
    static void openDatabase() {
        database = new PlayedOutbox();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void twoKeysOfATopicThatIsReleased() {
        playAll("aaaaaaaaaaco");
    }

    @Test
    void twoKeysOfATopicThatIsReleasedTwice() {
        playAll("aaaaaaaacoo");
    }

    @Test
    void twoKeysOfATopicThatIsReleasedWhileTheRelayStartsOver() {
        playAll("aaaaaacos");
    }

    /** The topic accepts all other keys again, although one event waits for an operator and its successor waits for the topic. */
    @Test
    void anEventThatIsRefusedForGoodAfterItHasWaitedForItsTopic() {
        playAll("aaaaaaaaaac", Set.of(0));
        playAll("aaaaaaaaaaco", Set.of(1));
    }

    @Test
    void moreKeysThanAreClaimedAtOnceAreReleased() {
        var play = new Play("", 0, Set.of(), 600, 500);
        play.takeNothingUntilAllWait();
        play.step(OPERATOR);
        play.step(RELAY); // It claims the first 500 keys.
        play.step(COMMIT);
        play.end();
    }

    private static void playAll(String steps) {
        playAll(steps, Set.of());
    }

    /** @param poison places in the outbox of events that are refused for good until all other steps are done */
    private static void playAll(String steps, Set<Integer> poison) {
        var next = ThreadLocalRandom.current().nextInt(Interleavings.SHARE);
        var runs = 0;
        for (var order : Interleavings.of(steps)) {
            for (var refusals = 1; refusals <= 2; refusals++) {
                if (next++ % Interleavings.SHARE == 0) {
                    new Play(order, refusals, poison, 2, 1).play();
                    runs++;
                }
            }
        }
        LOG.info("steps={} played={}", steps, runs);
    }

    /** One order of steps, played with its own topic. */
    private static final class Play {

        private final String order;
        private int refusals;
        private final Set<Integer> poison;
        private final String topic = "waits-" + UUID.randomUUID();
        private final List<String> keys;
        private final Set<Integer> buckets = new HashSet<>();
        private final List<OutboxRow> outbox = new ArrayList<>();
        private final List<OutboxRow> published = new ArrayList<>();
        private final ParkedEvents parked;
        private final SteppedRelay relay;
        private int refused;
        private boolean takesAll;

        /** @param refusals how often the topic accepts no event */
        private Play(String order, int refusals, Set<Integer> poison, int keys, int claimedAtOnce) {
            this.order = order;
            this.refusals = refusals;
            this.poison = poison;
            this.keys =
                    IntStream.range(0, keys).mapToObj(number -> "key-" + number).toList();
            this.keys.forEach(key -> buckets.add(Buckets.of(topic, key)));
            var instance = UUID.randomUUID();
            var leases = new BucketLeases(database.jdbc, instance, Duration.ofHours(1));
            leases.extend();
            database.jdbc
                    .sql("UPDATE outbox_bucket SET owner = ? WHERE bucket = ANY (?)")
                    .params(instance, buckets.toArray(Integer[]::new))
                    .update();
            var time = new AtomicLong();
            this.parked = new ParkedEvents(
                    database.jdbc,
                    database.transaction,
                    new OutboxReader(database.template, "test"),
                    leases,
                    Duration.ofHours(1),
                    claimedAtOnce,
                    // The time advances enough for every topic to be tried again.
                    () -> time.addAndGet(Duration.ofMinutes(1).toNanos()));
            this.relay = new SteppedRelay(parked, buckets, outbox, this::take);
            relay.start();
            commit();
        }

        private void play() {
            order.chars().forEach(step -> step((char) step));
            end();
        }

        private void step(char step) {
            switch (step) {
                case RELAY -> relay.step();
                case START_OVER -> relay.startOver();
                case COMMIT -> commit();
                case OPERATOR -> database.desk.release(topic, null);
                default -> throw new IllegalArgumentException(order);
            }
        }

        private void takeNothingUntilAllWait() {
            refusals = Integer.MAX_VALUE;
            while (parked("WAITING") < outbox.size()) {
                relay.step();
            }
            refusals = 0;
        }

        private void end() {
            settle();
            commit();
            settle();
            assertThat(parked.topics()).as(toString()).isZero();
            takesAll = true;
            database.desk.release(topic, null);
            settle();
            assertThat(parked("%")).as(toString()).isZero();
            assertThat(parked.keys()).as(toString()).isZero();
            for (var key : keys) {
                assertThat(idsOf(key, published).distinct())
                        .as("%s of %s", key, this)
                        .containsExactlyElementsOf(idsOf(key, outbox).toList());
            }
        }

        private void settle() {
            var idle = 0;
            for (var steps = 0; idle < 2; steps++) {
                assertThat(steps).as(toString()).isLessThan(1_000);
                idle = relay.step() ? idle + 1 : idle;
            }
        }

        private void commit() {
            database.commit(keys.stream().map(key -> row(topic, key, "")).toArray(Row[]::new));
            var known = outbox.isEmpty() ? 0 : outbox.getLast().id();
            outbox.addAll(database.jdbc
                    .sql("""
                            SELECT id, event_id, topic, key, type, sequence, forwarded, headers, payload
                            FROM outbox WHERE topic = ? AND id > ? ORDER BY id
                            """)
                    .params(topic, known)
                    .query(new OutboxReader(database.template, "test")::row)
                    .list());
        }

        private Answer take(OutboxRow row) {
            if (refused < refusals) {
                refused++;
                return Answer.TOPIC_TAKES_NONE;
            }
            if (!takesAll && poison.stream().anyMatch(place -> outbox.get(place).id() == row.id())) {
                return Answer.REFUSED_FOR_GOOD;
            }
            published.add(row);
            return Answer.TAKEN;
        }

        private int parked(String state) {
            return database.jdbc
                    .sql("SELECT count(*) FROM outbox_parked WHERE topic = ? AND state LIKE ?")
                    .params(topic, state)
                    .query(Integer.class)
                    .single();
        }

        private static Stream<Long> idsOf(String key, List<OutboxRow> rows) {
            return rows.stream()
                    .filter(row -> key.equals(ParkedKey.of(row).key()))
                    .map(OutboxRow::id);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "steps %s, refusals %s, poison %s, outbox %s, published %s",
                    order,
                    refusals,
                    poison,
                    describe(outbox),
                    describe(published));
        }

        private static List<String> describe(List<OutboxRow> rows) {
            return rows.stream()
                    .map(row -> ParkedKey.of(row).key() + "@" + row.id())
                    .toList();
        }
    }
}
