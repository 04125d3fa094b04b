package dev.orderflow.eventing.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.bus.Subscription.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the bus with its threads. The time-out ends a test that waits for ever. */
@Timeout(300)
class UnderLoadIT {

    private static final int EVENTS = Integer.getInteger("schedules", 150) * 400;
    private static final int KEYS = 16;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final BusSettings settings = BusSettings.defaults()
            .withLanes(2)
            .withSlots(64)
            .withFailures((subscription, kind, event, failure) -> failures.add(subscription.name() + " " + kind));

    /** Numbers of one publisher and key that a subscription has seen. */
    private static final class Ranges {

        private final Map<String, List<Integer>> seen = new ConcurrentHashMap<>();

        /** Called by one thread at a time for each key. */
        private void see(BusEvent<Integer> event) {
            seen.computeIfAbsent(event.key(), any -> new ArrayList<>()).add(event.value());
        }

        private void assertContiguous() {
            seen.forEach((key, numbers) -> {
                for (var i = 1; i < numbers.size(); i++) {
                    assertThat(numbers.get(i)).as(key).isEqualTo(numbers.get(i - 1) + 1);
                }
            });
        }
    }

    @Test
    void changesUnderLoadLoseAndDoubleNothing() throws Exception {
        var permanent = new Ranges();
        var spilling = new Ranges();
        var temporary = new ArrayList<Ranges>();
        try (var bus = new EventBus(settings);
                var executor = Executors.newFixedThreadPool(3)) {
            bus.subscribe(Subscriber.of("permanent", Integer.class), permanent::see);
            bus.subscribe(Subscriber.of("spilling", Integer.class).spillingTo(MemorySpill::new), spilling::see);
            var publishing = new AtomicInteger(2);
            var publishers = new ArrayList<Future<?>>();
            for (var name : List.of("a", "b")) {
                publishers.add(executor.submit(() -> publish(bus, name, publishing)));
            }
            var random = new Random(1);
            while (publishing.get() > 0) {
                var ranges = new Ranges();
                temporary.add(ranges);
                try (var subscription = bus.subscribe(
                        Subscriber.of("temporary", Integer.class), 16, events -> events.forEach(ranges::see))) {
                    bus.resize(random.nextInt(1, 6));
                    assertThat(subscription.state()).isEqualTo(State.ACTIVE);
                }
            }
            for (var publisher : publishers) {
                publisher.get();
            }
        }

        assertThat(failures).isEmpty();
        for (var all : List.of(permanent, spilling)) {
            all.assertContiguous();
            assertThat(all.seen.values().stream().mapToInt(List::size).sum()).isEqualTo(2 * EVENTS);
        }
        assertThat(temporary).allSatisfy(Ranges::assertContiguous);
        assertThat(temporary).anySatisfy(ranges -> assertThat(ranges.seen).isNotEmpty());
    }

    private static void publish(EventBus bus, String publisher, AtomicInteger publishing) {
        var draft = new Draft();
        var numbers = new HashMap<String, Integer>();
        for (var i = 0; i < EVENTS; i++) {
            var key = publisher + i % KEYS;
            bus.publish(draft.begin(key, numbers.merge(key, 1, Integer::sum))
                    .priority(EventPriority.values()[i % KEYS % 3]));
        }
        publishing.decrementAndGet();
    }

    @Test
    void synchronousListenersAreThroughWhenPublishReturns() {
        var seen = new AtomicInteger();
        try (var bus = new EventBus(settings)) {
            bus.subscribe(Subscriber.of("synchronous", Integer.class).synchronous(), event -> seen.set(event.value()));
            var draft = new Draft();
            for (var i = 1; i <= 1_000; i++) {
                assertThat(bus.publish(draft.begin("k" + i, i))).isTrue();

                assertThat(seen).hasValue(i);
            }
        }
    }

    @Test
    void aListenerMayPublishAndDoesNotWaitForSynchronousOnes() {
        var answers = new ConcurrentLinkedQueue<Boolean>();
        var answered = new CountDownLatch(1);
        try (var bus = new EventBus(settings)) {
            bus.subscribe(Subscriber.of("answers", String.class).synchronous(), event -> answered.await());
            bus.subscribe(Subscriber.of("asks", Integer.class), event -> {
                answers.add(bus.publish(new Draft().begin(event.key(), "answer")));
                answered.countDown();
            });

            bus.publish(new Draft().begin("k", 1));
            await().until(() -> !answers.isEmpty());
        }

        assertThat(answers).containsExactly(false);
    }

    @Test
    void aListenerThatNeverReturnsDoesNotStopOthers() {
        var seen = new AtomicInteger();
        var end = new AtomicBoolean();
        try (var bus = new EventBus(settings)) {
            var endless =
                    bus.subscribe(Subscriber.of("endless", Integer.class).timeout(Duration.ofMillis(20)), event -> {
                        while (!end.get()) {
                            Thread.onSpinWait();
                        }
                    });
            bus.subscribe(Subscriber.of("other", Integer.class), event -> seen.incrementAndGet());

            var draft = new Draft();
            for (var i = 0; i < 1_000; i++) {
                bus.publish(draft.begin("k" + i % KEYS, i));
            }
            await().until(() -> seen.get() == 1_000);

            assertThat(endless.state()).isEqualTo(State.QUARANTINED);
            assertThat(endless.counters().missed()).isPositive();
            end.set(true);
        }
    }

    @Test
    void closeHandlesWhatWasAcceptedAndRefusesMore() {
        var seen = new AtomicInteger();
        var bus = new EventBus(settings);
        bus.subscribe(Subscriber.of("all", Integer.class), event -> seen.incrementAndGet());
        var draft = new Draft();
        for (var i = 0; i < 50; i++) {
            bus.publish(draft.begin("k" + i, i));
        }

        bus.close();

        assertThat(seen).hasValue(50);
        assertThat(bus.subscriptions()).isEmpty();
        assertThatThrownBy(() -> bus.publish(draft.begin("k", 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the bus is closed");
        assertThatThrownBy(() -> bus.subscribe(Subscriber.of("late", Integer.class), event -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void publishersAndCloseAgreeOnWhatWasAccepted() throws Exception {
        var accepted = new AtomicInteger();
        var seen = new AtomicInteger();
        var bus = new EventBus(settings);
        bus.subscribe(Subscriber.of("all", Integer.class), event -> seen.incrementAndGet());
        try (var executor = Executors.newFixedThreadPool(2)) {
            var publishers = List.of(
                    executor.submit(() -> publishUntilClosed(bus, accepted)),
                    executor.submit(() -> publishUntilClosed(bus, accepted)));
            await().until(() -> seen.get() > 1_000);
            bus.close();
            for (var publisher : publishers) {
                publisher.get();
            }
        }

        assertThat(seen).hasValue(accepted.get());
    }

    private static void publishUntilClosed(EventBus bus, AtomicInteger accepted) {
        var draft = new Draft();
        try {
            for (var i = 0; ; i++) {
                bus.publish(draft.begin("k" + i % KEYS, i));
                accepted.incrementAndGet();
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the bus is closed");
        }
    }

    @Test
    void aSubscriptionThatDoesNotDrainInTimeIsAbandoned() {
        var end = new CountDownLatch(1);
        var bus = new EventBus(settings.withLongestDrain(Duration.ofMillis(20)));
        var subscription = bus.subscribe(Subscriber.of("stuck", Integer.class), event -> end.await());
        bus.publish(new Draft().begin("k", 1));
        bus.publish(new Draft().begin("k", 2));

        bus.close();

        assertThat(subscription.state()).isEqualTo(State.STOPPED);
        assertThat(subscription.counters().missed()).isEqualTo(2);
        assertThat(failures).containsExactly("stuck ABANDONED");
        end.countDown();
    }

    /** The limit only ends a test that waits for ever: other work of the machine may delay threads for long. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }
}
