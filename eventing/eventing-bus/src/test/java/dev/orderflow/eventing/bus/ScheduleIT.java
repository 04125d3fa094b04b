package dev.orderflow.eventing.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventPriority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests order, loss and drain in random schedules, each of which its seed repeats: publications, steps of listeners, changes of lanes,
 * and subscriptions that come and go.
 */
class ScheduleIT {

    private static final int SCHEDULES = Integer.getInteger("schedules", 150);
    private static final int ACTIONS = 400;
    private static final int KEYS = 12;

    @Test
    void noScheduleLosesDoublesOrReordersEvents() {
        IntStream.range(0, SCHEDULES).forEach(seed -> new Schedule(seed).run());
    }

    @Test
    void noScheduleStarvesBulkEvents() {
        for (var seed = 0; seed < SCHEDULES; seed++) {
            var random = new Random(seed);
            var manual = new ManualBus(ManualBus.SETTINGS);
            var handled = new ArrayList<EventPriority>();
            manual.bus.subscribe(Subscriber.of("all", Object.class), event -> handled.add(event.priority()));
            manual.publish("bulk", 0, EventPriority.BULK);

            while (!handled.contains(EventPriority.BULK)) {
                var more = random.nextInt(1, 8);
                IntStream.range(0, more)
                        .forEach(i -> manual.publish(
                                "k" + i, i, random.nextBoolean() ? EventPriority.HIGH : EventPriority.NORMAL));
                manual.step(0);
            }

            assertThat(handled).as("seed " + seed).hasSizeLessThanOrEqualTo(4);
        }
    }

    /** Subscription of a schedule, and what it must see. */
    private static final class Witness {

        private final Map<String, List<Integer>> seen = new HashMap<>();
        private final Map<String, List<Integer>> expected = new HashMap<>();
        private final boolean dropping;
        private Subscription subscription;
        private boolean closed;

        private Witness(boolean dropping) {
            this.dropping = dropping;
        }

        private void see(BusEvent<Integer> event) {
            seen.computeIfAbsent(stream(event.key(), event.priority()), any -> new ArrayList<>())
                    .add(event.value());
        }

        private static String stream(String key, EventPriority priority) {
            return key + " " + priority;
        }
    }

    private static final class Schedule {

        private final int seed;
        private final Random random;
        private final ManualBus manual;
        private final List<Witness> witnesses = new ArrayList<>();
        private int published;

        private Schedule(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.manual = new ManualBus(ManualBus.SETTINGS.withLanes(random.nextInt(1, 5)));
        }

        private void run() {
            for (var i = 0; i < ACTIONS; i++) {
                switch (random.nextInt(20)) {
                    case 0 -> subscribe();
                    case 1 -> close();
                    case 2 -> resize();
                    case 3, 4, 5, 6, 7, 8 -> step();
                    default -> publish();
                }
            }
            manual.run();
            witnesses.forEach(this::check);
            assertThat(manual.failures).as("seed " + seed).isEmpty();
            for (var witness : witnesses) {
                manual.bus.drain(witness.subscription);
            }
            manual.run();
            assertThat(manual.bus.subscriptions()).as("seed " + seed).isEmpty();
            assertThat(manual.size()).as("seed " + seed).isZero();
        }

        private void publish() {
            var key = "k" + random.nextInt(KEYS);
            var priority = EventPriority.values()[random.nextInt(3)];
            if (manual.publish(key, published, priority)) {
                for (var witness : witnesses) {
                    if (!witness.closed) {
                        witness.expected
                                .computeIfAbsent(Witness.stream(key, priority), any -> new ArrayList<>())
                                .add(published);
                    }
                }
                published++;
            }
        }

        private void step() {
            if (manual.size() > 0) {
                manual.step(random.nextInt(manual.size()));
            }
        }

        private void subscribe() {
            if (witnesses.stream().filter(witness -> !witness.closed).count() >= 4) {
                return;
            }
            var kind = random.nextInt(3);
            var witness = new Witness(kind == 1);
            var plain = Subscriber.of("s" + witnesses.size(), Integer.class);
            var subscriber = switch (kind) {
                case 0 -> plain;
                case 1 -> plain.droppingOldest();
                default -> plain.spillingTo(MemorySpill::new);
            };
            witness.subscription = random.nextBoolean()
                    ? manual.bus.subscribe(subscriber, witness::see)
                    : manual.bus.subscribe(subscriber, random.nextInt(1, 6), events -> events.forEach(witness::see));
            witnesses.add(witness);
        }

        private void close() {
            if (!witnesses.isEmpty()) {
                var witness = witnesses.get(random.nextInt(witnesses.size()));
                manual.bus.drain(witness.subscription);
                witness.closed = true;
            }
        }

        private void resize() {
            try {
                manual.bus.resize(random.nextInt(1, 6));
            } catch (IllegalStateException e) {
                assertThat(e).as("seed " + seed).hasMessageContaining("earlier change");
            }
        }

        private void check(Witness witness) {
            var name = "seed " + seed + " " + witness.subscription.name();
            var evicted = witness.subscription.counters().evicted();
            if (!witness.dropping || evicted == 0) {
                assertThat(witness.seen).as(name).isEqualTo(witness.expected);
                return;
            }
            var expected =
                    witness.expected.values().stream().mapToInt(List::size).sum();
            var seen = witness.seen.values().stream().mapToInt(List::size).sum();
            assertThat(seen + evicted).as(name).isEqualTo(expected);
            witness.seen.forEach((stream, values) ->
                    assertThat(witness.expected.get(stream)).as(name).containsSubsequence(values));
        }
    }
}
