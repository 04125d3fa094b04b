package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** The headers of a dead letter on its topic: the published headers, and {@code dead_*} headers that describe the failure. */
final class DeadHeaders {

    private DeadHeaders() {}

    static Headers of(DeadEvent event) {
        var source = event.source();
        var root = NestedExceptionUtils.getMostSpecificCause(event.cause());
        var headers = new RecordHeaders(source.headers());
        add(headers, "dead_id", source.id());
        add(headers, "dead_topic", source.topic());
        add(headers, "dead_partition", source.partition());
        add(headers, "dead_offset", source.offset());
        add(headers, "dead_handler", event.handler());
        add(headers, "dead_exception", event.cause().getClass().getName());
        add(headers, "dead_message", event.cause().getMessage());
        add(headers, "dead_root_cause", root);
        add(headers, "dead_attempts", event.attempts().size());
        return headers;
    }

    private static void add(Headers headers, String name, @Nullable Object value) {
        if (value != null) {
            var text = value.toString();
            var bounded = text.length() <= Attempt.LONGEST_MESSAGE ? text : text.substring(0, Attempt.LONGEST_MESSAGE);
            headers.add(name, bounded.getBytes(UTF_8));
        }
    }
}
