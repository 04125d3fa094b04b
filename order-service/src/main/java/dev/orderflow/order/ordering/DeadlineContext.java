package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * The context of the request that set an order's deadline. The cancellation that follows when it passes has no request of
 * its own, and continues this flow and its trace.
 */
@Embeddable
record DeadlineContext(
        @Column(name = "deadline_causation_id", updatable = false) @Nullable
        String causationId,

        @Column(name = "deadline_traceparent", updatable = false) @Nullable
        String traceparent,

        @Column(name = "deadline_tracestate", updatable = false) @Nullable
        String tracestate,

        @Column(name = "deadline_tenant", updatable = false) @Nullable
        String tenant) {

    /** Returns what is stored of {@code context}; null if it has no deadline. */
    static @Nullable DeadlineContext of(EventContext context) {
        if (context.deadline() == null) {
            return null;
        }
        return new DeadlineContext(
                context.causationId(), context.traceparent(), context.tracestate(), context.tenantId());
    }

    /** Returns the context of the events that report the passing of the deadline. */
    EventContext events() {
        return new EventContext(null, causationId, null, tenant, EventPriority.NORMAL, null, traceparent, tracestate);
    }
}
