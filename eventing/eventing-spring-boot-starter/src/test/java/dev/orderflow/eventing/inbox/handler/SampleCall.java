package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Noted;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A call that is about to be made, for tests of single steps of the chain. */
record SampleCall(EventMetadata metadata, DomainEvent event, HandlerMethod handler) implements HandlerCalls.Call {

    private static final HandlerRegistry HANDLERS = new HandlerRegistry(List.of(new Handlers()), "test");

    /** Returns the call of the handler of an event that was published in {@code context}. */
    static SampleCall of(DomainEvent event, EventContext context) {
        var type = event.getClass().getAnnotation(EventType.class).value();
        var metadata = EventMetadata.of(UUID.randomUUID(), type, "test", event.key(), Instant.EPOCH)
                .within(context);
        return new SampleCall(
                metadata, event, Objects.requireNonNull(HANDLERS.find(type)).handler());
    }

    @Override
    public UUID id() {
        return metadata.id();
    }

    static final class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            // Tests of steps replace it.
        }

        @EventHandler
        void note(Noted event) {
            // See deposit.
        }
    }
}
