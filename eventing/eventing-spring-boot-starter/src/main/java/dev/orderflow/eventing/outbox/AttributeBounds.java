package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import org.jspecify.annotations.Nullable;

/** Bounds of the attributes that published events inherit. Consumers reject longer ones, so publishing them fails. */
final class AttributeBounds {

    private AttributeBounds() {}

    /** @throws IllegalArgumentException naming the attribute that is out of bounds */
    static EventContext check(EventContext context) {
        check("correlation id", context.correlationId());
        check("causation id", context.causationId());
        check("intent", context.intent());
        check("tenant id", context.tenantId());
        if (context.deadline() != null && !CloudEventHeaders.isReadable(context.deadline())) {
            throw new IllegalArgumentException("the deadline of a published event is out of range");
        }
        return context;
    }

    static void check(String name, @Nullable String value) {
        if (value != null && value.length() > CloudEventHeaders.LONGEST_ATTRIBUTE) {
            throw new IllegalArgumentException("the " + name + " of a published event has " + value.length()
                    + " characters, more than " + CloudEventHeaders.LONGEST_ATTRIBUTE);
        }
    }
}
