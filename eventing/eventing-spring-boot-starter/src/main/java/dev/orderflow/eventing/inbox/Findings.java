package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.inbox.BatchTransaction.HandlingFailedException;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Results of outbound calls and of failed transactions for the events of a batch, by event id.
 *
 * @param repeated events whose call was answered and whose transaction has already failed once
 */
record Findings(
        Map<UUID, AfterCall> answers,
        Map<UUID, Throwable> failures,
        Set<UUID> repeated,
        Map<UUID, Reduction> reductions) {

    /** The stored parts of a record that could not be stored in full. */
    enum Reduction {
        ATTRIBUTES_AND_PAYLOAD,
        ATTRIBUTES
    }

    static Findings of(HandlerCalls.Results<?> calls) {
        return new Findings(calls.answers(), new HashMap<>(calls.failures()), new HashSet<>(), new HashMap<>());
    }

    /**
     * Blames a single event for a failure outside its handler. The first time it counts as a failure of the handler. Each further
     * time, less of its record is stored. Returns false when no more parts can be omitted: the record is not the cause.
     */
    boolean blame(DecodedRecord event, RuntimeException failure) {
        if (failures.put(event.id(), failure) == null) {
            return true;
        }
        var more = reductions.get(event.id()) == null ? Reduction.ATTRIBUTES_AND_PAYLOAD : Reduction.ATTRIBUTES;
        return reductions.put(event.id(), more) != more;
    }

    /** Blames an event for its handler's failure. Returns false if this is already known. */
    boolean blame(HandlingFailedException handling) {
        return deservesAnotherTry(handling.delivery())
                || failures.put(handling.delivery().id(), handling.failure()) == null;
    }

    /** One failed transaction does not repeat a call: the answer is applied a second time before the event is blamed. */
    private boolean deservesAnotherTry(Delivery delivery) {
        return answers.containsKey(delivery.id()) && repeated.add(delivery.id());
    }
}
