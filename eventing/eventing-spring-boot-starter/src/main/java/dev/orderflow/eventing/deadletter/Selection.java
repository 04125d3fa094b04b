package dev.orderflow.eventing.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The letters that an operator means: those of some ids, those that a filter accepts, or all.
 *
 * @param ids    of letters or of their events
 * @param before leaves out what died then or later
 */
record Selection(
        @Nullable List<UUID> ids,
        @Nullable LetterFilter filter,
        @Nullable Boolean all,
        @Nullable Instant before) {

    static final int MOST_IDS = 1_000;

    Selection {
        all = Boolean.TRUE.equals(all) ? true : null;
        var ways = Stream.of(ids, filter, all).filter(Objects::nonNull).count();
        if (ways == 0) {
            throw new InvalidRequestException("selection_required", "ids", "must be given, or a filter");
        }
        if (ways > 1) {
            throw new InvalidRequestException(
                    "selection_ambiguous",
                    "ids",
                    "must not be given together with filter or all, nor these with each other");
        }
        if (filter != null && filter.acceptsAnything()) {
            throw new InvalidRequestException("selection_required", "filter", "must name something to look for");
        }
    }

    /** Without what died then or later, unless it leaves out even more. */
    Selection notAfter(Instant time) {
        return before != null && before.isBefore(time) ? this : new Selection(ids, filter, all, time);
    }

    /** Ids are found by the primary key and by dead_letter_event. */
    Conditions conditions() {
        var conditions = new Conditions()
                .and(
                        "(d.id = ANY (:ids::uuid[]) OR d.event_id = ANY (:ids::uuid[]))",
                        "ids",
                        ids == null ? null : ids.toArray(UUID[]::new))
                .and("d.died_at < :before", "before", before);
        if (filter != null) {
            filter.addTo(conditions);
        }
        return conditions;
    }
}
