package dev.orderflow.eventing.bus;

import static dev.orderflow.eventing.EventPriority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.bus.Subscription.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests subscriptions that do not let publishers wait, step by step, without threads. */
class OverflowTests {

    private final ManualBus manual = new ManualBus(ManualBus.SETTINGS);
    private final EventBus bus = manual.bus;
    private final List<Object> seen = new ArrayList<>();

    @Test
    void theOldestWaitingEventsAreDroppedAndCounted() {
        var subscription =
                bus.subscribe(Subscriber.of("slow", Integer.class).droppingOldest(), event -> seen.add(event.value()));

        IntStream.range(0, 11)
                .forEach(i -> assertThat(manual.publish("k", i, NORMAL)).isTrue());
        manual.run();

        assertThat(seen).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(subscription.counters()).isEqualTo(new Subscription.Counters(8, 0, 0, 0, 3, 0, 0));
    }

    @Test
    void spilledEventsAreReadBackInOrder() {
        var subscription = bus.subscribe(
                Subscriber.of("slow", Integer.class).spillingTo(MemorySpill::new), event -> seen.add(event.value()));

        IntStream.range(0, 20).forEach(i -> manual.publish("k", i, NORMAL));
        IntStream.range(0, 5).forEach(i -> manual.step(0));
        IntStream.range(20, 30).forEach(i -> manual.publish("k", i, NORMAL));
        manual.run();

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
        assertThat(subscription.counters().evicted()).isPositive();
    }

    @Test
    void aSpillThatFailsLetsPublishersWait() {
        bus.subscribe(
                Subscriber.of("slow", Integer.class).spillingTo(() -> new MemorySpill() {
                    @Override
                    public synchronized void store(BusEvent<?> event) {
                        throw new IllegalStateException("expected");
                    }
                }),
                event -> seen.add(event.value()));
        IntStream.range(0, 8).forEach(i -> manual.publish("k", i, NORMAL));

        assertThat(manual.publish("k", 8, NORMAL)).isFalse();
        manual.run();

        assertThat(seen).hasSize(8);
    }

    @Test
    void aDrainingSubscriptionThatDropsEndsWhenItsLastEventIsDropped() {
        var subscription =
                bus.subscribe(Subscriber.of("slow", Object.class).droppingOldest(), event -> seen.add(event.value()));
        manual.publish("k", 1, NORMAL);
        bus.drain(subscription);

        IntStream.range(0, 20)
                .forEach(i -> assertThat(manual.publish("k", i, NORMAL)).isTrue());
        manual.run();

        assertThat(seen).isEmpty();
        assertThat(subscription.counters().evicted()).isOne();
        assertThat(subscription.state()).isEqualTo(State.STOPPED);
    }
}
