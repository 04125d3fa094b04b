package dev.orderflow.eventing.deadletter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The parameters of a list of holds. */
record HoldQuery(
        @Nullable @Size(max = LetterFilter.LONGEST) String topic,
        @Nullable @Size(max = LetterFilter.LONGEST) String key,
        @Nullable @Size(max = LetterFilter.LONGEST) String type,
        @Nullable HoldState state,
        @Nullable @Min(1) @Max(500) Integer limit,
        @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 50;

    HoldQuery {
        limit = limit == null ? (Integer) DEFAULT_LIMIT : limit;
    }

    Conditions conditions() {
        return new Conditions()
                .and("h.topic = :topic", "topic", given(topic))
                .and("h.key = :key", "key", given(key))
                .and("h.type = :type", "type", given(type))
                .and("h.state = :state", "state", state == null ? null : state.name());
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : StorableText.of(value);
    }
}
