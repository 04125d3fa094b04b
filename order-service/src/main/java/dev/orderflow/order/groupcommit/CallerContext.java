package dev.orderflow.order.groupcommit;

import dev.orderflow.eventing.EventContext;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The context of the thread that brings an item: of its events and its log lines. Another thread may carry the item
 * out, whose own context belongs to another request.
 */
final class CallerContext {

    private final EventContext events;
    private final @Nullable Map<String, String> fields;

    private CallerContext(EventContext events, @Nullable Map<String, String> fields) {
        this.events = events;
        this.fields = fields;
    }

    /** Captures the context of the current thread. */
    static CallerContext capture() {
        return new CallerContext(EventContext.current(), MDC.getCopyOfContextMap());
    }

    /** Runs {@code work} on the current thread in this context, and restores the thread's own. */
    <T> T call(Supplier<T> work) {
        var own = MDC.getCopyOfContextMap();
        try (var _ = events.open()) {
            enter(fields);
            return work.get();
        } finally {
            enter(own);
        }
    }

    private static void enter(@Nullable Map<String, String> fields) {
        if (fields == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(fields);
        }
    }
}
