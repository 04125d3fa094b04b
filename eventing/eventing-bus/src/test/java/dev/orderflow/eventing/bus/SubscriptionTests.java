package dev.orderflow.eventing.bus;

import static dev.orderflow.eventing.EventPriority.BULK;
import static dev.orderflow.eventing.EventPriority.HIGH;
import static dev.orderflow.eventing.EventPriority.NORMAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.bus.Subscription.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests subscriptions step by step, without threads. */
class SubscriptionTests {

    private final ManualBus manual = new ManualBus(ManualBus.SETTINGS);
    private final EventBus bus = manual.bus;
    private final List<Object> seen = new ArrayList<>();
    private final Draft draft = new Draft();

    sealed interface StockEvent {}

    record Reserved(int units) implements StockEvent {}

    record Released(int units) implements StockEvent {}

    @Test
    void aSubscriptionIsByClassBySealedInterfaceAndByFilter() {
        var reserved = new ArrayList<Integer>();
        var stock = new ArrayList<StockEvent>();
        var large = new ArrayList<StockEvent>();
        bus.subscribe(
                Subscriber.of("class", Reserved.class),
                event -> reserved.add(event.value().units()));
        bus.subscribe(Subscriber.of("interface", StockEvent.class), event -> stock.add(event.value()));
        bus.subscribe(
                Subscriber.of("filter", StockEvent.class)
                        .matching(event -> event.value() instanceof Released released && released.units() > 5),
                event -> large.add(event.value()));

        for (var value : List.of(new Reserved(1), new Released(2), "text", new Released(9))) {
            manual.publish("k", value, NORMAL);
        }
        manual.run();

        assertThat(reserved).containsExactly(1);
        assertThat(stock).containsExactly(new Reserved(1), new Released(2), new Released(9));
        assertThat(large).containsExactly(new Released(9));
    }

    @Test
    void aListenerReceivesHeadersAndASliceOfThePayload() {
        var id = UUID.fromString("0193c7a0-0000-7000-8000-000000000001");
        bus.subscribe(Subscriber.of("all", Object.class), event -> {
            seen.add(event.copy());
            seen.add(UTF_8.decode(event.payload()).toString());
        });

        manual.publish(draft.begin("k")
                .id(id)
                .type("stock.reserved.v1")
                .source("inventory")
                .sequence(7)
                .time(5)
                .correlationId("c")
                .tenantId("t")
                .payload("<payload>".getBytes(UTF_8), 1, 7));
        manual.run();

        var event = (BusEvent<?>) seen.getFirst();
        assertThat(List.of(event.id(), event.type(), event.source(), event.sequence(), event.time()))
                .containsExactly(id, "stock.reserved.v1", "inventory", 7L, 5L);
        assertThat(event.correlationId() + event.tenantId()).isEqualTo("ct");
        assertThat(seen.getLast()).isEqualTo("payload");
        assertThatThrownBy(event::value).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchIsWhatWaitsOfOnePriority() {
        bus.subscribe(
                Subscriber.of("batch", Integer.class),
                3,
                events -> seen.add(events.stream().map(BusEvent::value).toList()));

        IntStream.range(0, 4).forEach(i -> manual.publish("k", i, NORMAL));
        manual.publish("k", 9, HIGH);
        manual.run();

        assertThat(seen).containsExactly(List.of(9), List.of(0, 1, 2), List.of(3));
    }

    @Test
    void highEventsOvertakeWaitingOnesWhichAge() {
        subscribeAll("all");
        for (var i = 0; i < 4; i++) {
            manual.publish("b" + i, "bulk" + i, BULK);
            manual.publish("h" + i, "high" + i, HIGH);
        }

        manual.run();

        assertThat(seen).containsExactly("high0", "high1", "high2", "bulk0", "high3", "bulk1", "bulk2", "bulk3");
    }

    @Test
    void aFailureIsReportedAndTheNextEventFollows() {
        var subscription = bus.subscribe(Subscriber.of("failing", Integer.class), event -> {
            if (event.value() == 1) {
                throw new IllegalStateException("expected");
            }
            seen.add(event.value());
        });

        IntStream.range(0, 3).forEach(i -> manual.publish("k" + i, i, NORMAL));
        manual.run();

        assertThat(seen).containsExactly(0, 2);
        assertThat(manual.failures).containsExactly("failing FAILED k1");
        assertThat(subscription.counters()).isEqualTo(new Subscription.Counters(2, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void aCallThatTakesTooLongIsInterruptedAndTheNextEventFollows() {
        var subscription = bus.subscribe(Subscriber.of("slow", Integer.class), event -> {
            if (event.value() == 0) {
                var now = System.nanoTime();
                bus.subscriptions().getFirst().look(now);
                bus.subscriptions().getFirst().look(now + Duration.ofSeconds(30).toNanos());
                new CountDownLatch(1).await();
            }
            seen.add(event.value());
        });

        IntStream.range(0, 2).forEach(i -> manual.publish("k" + i, i, NORMAL));
        manual.run();

        assertThat(seen).containsExactly(1);
        assertThat(manual.failures).containsExactly("slow TIMED_OUT k0");
        assertThat(subscription.counters()).isEqualTo(new Subscription.Counters(1, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void anEventIsSkippedAfterItsDeadline() {
        var subscription = subscribeAll("all");

        manual.publish(draft.begin("late", 1).deadline(999));
        manual.publish(draft.begin("early", 2).deadline(1_000));
        manual.run();

        assertThat(seen).containsExactly(2);
        assertThat(manual.failures).containsExactly("all EXPIRED late");
        assertThat(subscription.counters().expired()).isOne();
    }

    @Test
    void aSubscriptionIsQuarantinedAfterFailuresInARowOnly() {
        var subscription = bus.subscribe(Subscriber.of("failing", Boolean.class).quarantineAfter(2), event -> {
            if (event.value()) {
                throw new IllegalStateException("expected");
            }
        });
        subscribeAll("other");

        for (var fails : List.of(true, false, true, true, false)) {
            manual.publish("k", fails, NORMAL);
        }
        manual.run();

        assertThat(subscription.state()).isEqualTo(State.QUARANTINED);
        assertThat(subscription.counters()).isEqualTo(new Subscription.Counters(1, 3, 0, 0, 0, 1, 0));
        assertThat(manual.failures).endsWith("failing QUARANTINED");
        assertThat(seen).hasSize(5);
        assertThat(bus.subscriptions()).extracting(Subscription::name).containsExactly("failing", "other");
        subscription.close();
        assertThat(subscription.state()).isEqualTo(State.STOPPED);
        assertThat(bus.subscriptions()).extracting(Subscription::name).containsExactly("other");
    }

    @Test
    void aPublisherIsRefusedWhenNoSlotBecomesFree() {
        subscribeAll("all");
        IntStream.range(0, 8)
                .forEach(i -> assertThat(manual.publish("k", i, NORMAL)).isTrue());

        assertThat(manual.publish("k", 8, NORMAL)).isFalse();
        assertThat(manual.publish("k", 9, HIGH)).isTrue();
        manual.step(0);
        manual.step(0);
        assertThat(manual.publish("k", 10, NORMAL)).isTrue();
        manual.run();

        assertThat(seen).containsExactly(9, 0, 1, 2, 3, 4, 5, 6, 7, 10);
    }

    @Test
    void payloadsThatWaitAreBoundedByTheirBytes() {
        subscribeAll("all");
        var payload = new byte[400];
        assertThat(manual.publish(draft.begin("k", 1).payload(payload))).isTrue();
        assertThat(manual.publish(draft.begin("k", 2).payload(payload))).isTrue();

        assertThat(manual.publish(draft.begin("k", 3).payload(payload))).isFalse();
        assertThat(manual.publish(draft.begin("k", 4))).isTrue();
        manual.step(0);
        assertThat(manual.publish(draft.begin("k", 5).payload(payload))).isTrue();
        assertThatThrownBy(() -> bus.publish(draft.begin("k", 6).payload(new byte[1_001])))
                .isInstanceOf(IllegalArgumentException.class);
        manual.run();
        IntStream.range(10, 40).forEach(i -> {
            assertThat(manual.publish(draft.begin("k", i).payload(payload))).isTrue();
            manual.run();
        });

        assertThat(seen).hasSize(34);
    }

    @Test
    void aClosedSubscriptionHandlesWhatWasPublishedBefore() {
        var subscription = subscribeAll("all");
        manual.publish("k", 1, NORMAL);
        manual.publish("k", 2, BULK);

        bus.drain(subscription);
        manual.publish("k", 3, NORMAL);
        assertThat(subscription.state()).isEqualTo(State.DRAINING);
        manual.run();

        assertThat(seen).containsExactly(1, 2);
        assertThat(subscription.state()).isEqualTo(State.STOPPED);
        assertThat(manual.size()).isZero();
    }

    @Test
    void aPublisherDoesNotWaitForASubscriptionThatEndsBeforeItsEvent() {
        var ending = manual.bus.subscribe(Subscriber.of("ending", String.class).synchronous(), event -> {});
        assertThat(manual.bus.publish(new Draft().begin("k", "received"))).isFalse();

        manual.bus.drain(ending);

        assertThat(manual.bus.publish(new Draft().begin("k", "later"))).isTrue();
    }

    @Test
    void aNameIsUsedOnce() {
        subscribeAll("all");

        assertThatThrownBy(() -> subscribeAll("all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is a subscription all");
    }

    private Subscription subscribeAll(String name) {
        return bus.subscribe(Subscriber.of(name, Object.class), event -> seen.add(event.value()));
    }
}
