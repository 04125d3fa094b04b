package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final HandlerRegistry registry = new HandlerRegistry(List.of(new Handlers()), "test");
    private final Deadline deadline = new Deadline(Clock.fixed(NOON, ZoneOffset.UTC));
    private final HandlerChain chain = new HandlerChain(List.of(deadline));
    private final List<DomainEvent> handled = new ArrayList<>();

    @Test
    void anEventIsHandledUntilItsDeadline() {
        assertThat(isHandled(delivery(new Deposited("a", 1), null))).isTrue();
        assertThat(isHandled(delivery(new Deposited("a", 2), NOON.plusNanos(1))))
                .isTrue();
        assertThat(isHandled(delivery(new Deposited("a", 3), NOON))).isFalse();

        assertThat(handled).containsExactly(new Deposited("a", 1), new Deposited("a", 2));
    }

    @Test
    void aHandlerMayDemandExpiredEventsAndThenHasItsUsualTime() {
        var late = delivery(new Closed("a", ""), NOON.minusSeconds(1));

        assertThat(isHandled(late)).isTrue();
        assertThat(deadline.limit(late)).isEmpty();
    }

    @Test
    void anAnswerTakesEffectAlsoAfterTheDeadline() {
        var late = delivery(new Pledged("a", 1), NOON);

        assertThat(chain.<String>call(late, () -> "called")).isNull();
        assertThat(chain.apply(late, answered -> handled.add(answered.event()))).isTrue();
        assertThat(handled).hasSize(1);
    }

    @Test
    void aCallIsLimitedByTheRemainingTime() {
        assertThat(deadline.limit(delivery(new Pledged("a", 1), null))).isEmpty();
        assertThat(deadline.limit(delivery(new Pledged("a", 1), NOON.plusSeconds(2))))
                .contains(Duration.ofSeconds(2));
        assertThat(deadline.limit(delivery(new Pledged("a", 1), NOON.plusMillis(1))))
                .contains(Duration.ofMillis(100));
    }

    @Test
    void theAgeOfAnEventBeginsWithItsTime() {
        assertThat(deadline.age(delivery(new Deposited("a", 1), NOON))).isEqualTo(Duration.ofMinutes(5));
    }

    private boolean isHandled(Delivery delivery) {
        return chain.run(delivery, call -> handled.add(call.event()));
    }

    private Delivery delivery(DomainEvent event, @Nullable Instant until) {
        var type = event.getClass().getAnnotation(EventType.class).value();
        var metadata = EventMetadata.of(UUID.randomUUID(), type, "test", "a", NOON.minus(Duration.ofMinutes(5)))
                .within(new EventContext(null, null, null, null, EventPriority.NORMAL, until, null, null));
        return new Delivery(
                metadata, event, Objects.requireNonNull(registry.find(type)).handler());
    }

    private record Delivery(EventMetadata metadata, DomainEvent event, HandlerMethod handler)
            implements HandlerCalls.Call {

        @Override
        public UUID id() {
            return metadata.id();
        }
    }

    static final class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            // This test checks the chain only.
        }

        @EventHandler
        AfterCall pledge(Pledged event) {
            return AfterCall.nothing();
        }

        @EventHandler(handleExpired = true)
        void close(Closed event) {
            // See deposit.
        }
    }
}
