package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HandlerChainTests {

    private final List<String> seen = new ArrayList<>();
    private final HandlerChain chain = new HandlerChain(List.of(step("outer"), step("inner")));
    private final Delivery delivery = delivery();

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

    private HandlerChain.Step step(String name) {
        return (around, next) -> {
            seen.add(name + " begins");
            try {
                next.run();
            } finally {
                seen.add(name + " ends");
            }
        };
    }

    private static Delivery delivery() {
        var id = UUID.randomUUID();
        var type = "sample.account.deposited.v1";
        var metadata = new EventMetadata(id, type, "test", "a", Instant.EPOCH, 1, "a", null, null, null);
        var source = new SourceRecord(id, "account-events", 0, 0, "a", type, new RecordHeaders(), new byte[0]);
        var registry = new HandlerRegistry(List.of(new Handlers()), "test");
        return new Delivery(
                new ConsumerRecord<>("account-events", 0, 0, "a", new byte[0]),
                ConsumedRecord.first(source),
                metadata,
                new Deposited("a", 1),
                Objects.requireNonNull(registry.find(type)).handler());
    }

    static final class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            // This test checks the chain only.
        }
    }
}
