package dev.orderflow.eventing.tracing;

import io.micrometer.tracing.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans of events that are handled, but whose transaction has not committed yet. A transaction that is repeated continues them.
 * <p>
 * An event may never be decided here, such as after an outage during which another instance took over its partition. Its span ends
 * when it is older than {@link #LONGEST} or more than {@link #MOST} are open. Thread-safe.
 */
final class OpenSpans {

    static final int MOST = 4_096;

    /** Longer than any handler may take. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<UUID, Open> spans = new LinkedHashMap<>();
    private final LongSupplier nanoTime;

    OpenSpans(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Open(Span span, long since) {}

    /** Returns the event's open span. If it has none, opens one that {@code start} has started. */
    Span open(UUID event, Supplier<Span> start) {
        Span span;
        synchronized (this) {
            span = spans.computeIfAbsent(event, id -> new Open(start.get(), nanoTime.getAsLong()))
                    .span();
        }
        endUndecided();
        return span;
    }

    /** Returns the event's span, which the caller must end; null if none is open. */
    @Nullable
    Span take(UUID event) {
        synchronized (this) {
            var open = spans.remove(event);
            return open == null ? null : open.span();
        }
    }

    /** Ends the spans of events that were not decided in time. */
    void endUndecided() {
        end(LONGEST);
    }

    /** Ends all spans. */
    void endAll() {
        end(Duration.ofNanos(Long.MIN_VALUE));
    }

    private void end(Duration age) {
        for (var open : removeOlderThan(age)) {
            open.span().tag(EventSpans.OUTCOME, "undecided").end();
        }
    }

    private synchronized List<Open> removeOlderThan(Duration age) {
        var removed = new ArrayList<Open>();
        var oldest = spans.values().iterator();
        while (oldest.hasNext()) {
            var open = oldest.next();
            if (spans.size() <= MOST && nanoTime.getAsLong() - open.since() <= age.toNanos()) {
                break;
            }
            oldest.remove();
            removed.add(open);
        }
        return removed;
    }
}
