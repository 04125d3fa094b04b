package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HandlerChainTests {

    private final List<String> seen = new ArrayList<>();
    private final HandlerChain chain = new HandlerChain(List.of(step("outer"), step("inner")));
    private final HandlerCalls.Call delivery = delivery();

    @Test
    void theFirstStepIsTheOutermost() {
        chain.run(delivery, handled -> seen.add("handler of " + handled.id()));

        assertThat(seen)
                .containsExactly(
                        "outer begins", "inner begins", "handler of " + delivery.id(), "inner ends", "outer ends");
    }

    @Test
    void aCallReturnsWhatItWasAnswered() {
        assertThat(chain.<String>call(delivery, () -> "answer")).isEqualTo("answer");
    }

    @Test
    void aFailureGoesThroughAllSteps() {
        assertThatThrownBy(() -> chain.run(delivery, handled -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(seen).containsExactly("outer begins", "inner begins", "inner ends", "outer ends");
    }

    private HandlerCalls.Step step(String name) {
        return (around, next) -> {
            seen.add(name + " begins");
            try {
                next.run();
            } finally {
                seen.add(name + " ends");
            }
        };
    }

    private static HandlerCalls.Call delivery() {
        var type = "sample.account.deposited.v1";
        var metadata = EventMetadata.of(UUID.randomUUID(), type, "test", "a", Instant.EPOCH);
        var registry = new HandlerRegistry(List.of(new Handlers()), "test");
        return new Delivery(
                metadata,
                new Deposited("a", 1),
                Objects.requireNonNull(registry.find(type)).handler());
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
    }
}
