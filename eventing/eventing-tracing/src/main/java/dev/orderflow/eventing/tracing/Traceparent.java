package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import io.micrometer.tracing.TraceContext;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the {@code traceparent} of an event, in version 00 of W3C Trace Context, whatever the tracer propagates over
 * other protocols. Decides whether an event is sampled without parsing more than the flag, because this is asked for each event.
 */
final class Traceparent {

    static final String NAME = "traceparent";

    /** {@code 00-<32 digits>-<16 digits>-<2 digits>}. */
    private static final int LENGTH = 55;

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private Traceparent() {}

    /** Returns whether the publisher's trace is recorded. False for a malformed value. */
    static boolean isSampled(@Nullable String traceparent) {
        return traceparent != null && traceparent.length() == LENGTH && isOdd(traceparent.charAt(LENGTH - 1));
    }

    /** Returns whether the trace of a record with this header is recorded. */
    static boolean isSampled(@Nullable Header traceparent) {
        if (traceparent == null) {
            return false;
        }
        var value = traceparent.value();
        return value != null && value.length == LENGTH && isOdd(value[LENGTH - 1]);
    }

    /** Returns the same context with a span as the cause; the context itself if the span has no ids, as without a tracer. */
    static EventContext within(EventContext context, TraceContext span) {
        if (span.traceId().length() != TRACE_DIGITS || span.spanId().length() != SPAN_DIGITS || isZero(span.spanId())) {
            return context;
        }
        var traceparent =
                "00-" + span.traceId() + '-' + span.spanId() + (Boolean.TRUE.equals(span.sampled()) ? "-01" : "-00");
        return new EventContext(
                context.correlationId(),
                context.causationId(),
                context.intent(),
                context.tenantId(),
                context.priority(),
                context.deadline(),
                traceparent,
                context.tracestate());
    }

    /** Returns whether the lowest bit of a hexadecimal digit is set: the flag {@code sampled}. */
    private static boolean isOdd(int digit) {
        var value = Character.digit(digit, 16);
        return value > 0 && (value & 1) == 1;
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }
}
