package dev.orderflow.eventing.deadletter;

import jakarta.validation.constraints.Size;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the letters must have in common; null and empty mean anything.
 *
 * @param rootCause as a letter or as the summary tells it
 */
record LetterFilter(
        @Nullable @Size(max = LONGEST) String type,
        @Nullable @Size(max = LONGEST) String handler,
        @Nullable @Size(max = LONGEST) String exception,
        @Nullable @Size(max = LONGEST) String topic,
        @Nullable @Size(max = LONGEST) String key,
        @Nullable @Size(max = LONGEST) String rootCause)
        implements StrictBody {

    static final int LONGEST = 3_000;

    LetterFilter {
        type = given(type);
        handler = given(handler);
        exception = given(exception);
        topic = given(topic);
        key = given(key);
        rootCause = given(rootCause);
    }

    boolean acceptsAnything() {
        return Stream.of(type, handler, exception, topic, key, rootCause).allMatch(value -> value == null);
    }

    /** A key is found by dead_letter_key; all else is looked for among the letters of a state or a time. */
    void addTo(Conditions conditions) {
        conditions
                .and("d.type = :type", "type", type)
                .and("d.handler = :handler", "handler", handler)
                .and("d.exception = :exception", "exception", exception)
                .and("d.topic = :topic", "topic", topic)
                .and("d.key = :key", "key", key)
                .and("d.cause_group = :causeGroup", "causeGroup", rootCause == null ? null : CauseGroup.of(rootCause));
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : StorableText.of(value);
    }
}
