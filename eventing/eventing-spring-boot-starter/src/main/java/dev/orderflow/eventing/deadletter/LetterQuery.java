package dev.orderflow.eventing.deadletter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list of dead letters.
 *
 * @param from of the time of death, included
 * @param to   of the time of death, excluded
 */
record LetterQuery(
        @Nullable LetterState state,
        @Nullable @Size(max = LetterFilter.LONGEST) String type,
        @Nullable @Size(max = LetterFilter.LONGEST) String handler,
        @Nullable @Size(max = LetterFilter.LONGEST) String exception,
        @Nullable @Size(max = LetterFilter.LONGEST) String topic,
        @Nullable @Size(max = LetterFilter.LONGEST) String key,
        @Nullable @Size(max = LetterFilter.LONGEST) String rootCause,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable @Min(1) @Max(500) Integer limit,
        @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 50;

    LetterQuery {
        limit = limit == null ? (Integer) DEFAULT_LIMIT : limit;
    }

    Conditions conditions() {
        var conditions = new Conditions()
                .and("d.state = :state", "state", state == null ? null : state.name())
                .and("d.died_at >= :from", "from", from)
                .and("d.died_at < :to", "to", to);
        new LetterFilter(type, handler, exception, topic, key, rootCause).addTo(conditions);
        return conditions;
    }
}
