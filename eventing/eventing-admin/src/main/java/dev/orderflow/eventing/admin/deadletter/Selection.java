package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.deadletter.CauseGroup;
import dev.orderflow.eventing.schema.StorableText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The letters that an operator selects: by ids, by a filter, or all.
 *
 * @param ids    ids of letters or of their events
 * @param before excludes letters that died at this time or later
 */
record Selection(
        @Nullable List<UUID> ids,
        Selection.@Nullable Filter filter,
        @Nullable Boolean all,
        @Nullable Instant before) {

    Selection {
        all = Boolean.TRUE.equals(all) ? true : null;
        var ways = Stream.of(ids, filter, all).filter(Objects::nonNull).count();
        if (ways == 0) {
            throw new RefusedRequest.Invalid("selection_required", "ids", "must be given, or a filter");
        }
        if (ways > 1) {
            throw new RefusedRequest.Invalid(
                    "selection_ambiguous",
                    "ids",
                    "must not be given together with filter or all, nor these with each other");
        }
        if (filter != null && filter.acceptsAnything()) {
            throw new RefusedRequest.Invalid("selection_required", "filter", "must name something to look for");
        }
    }

    /** Returns a selection that also excludes letters which died at {@code time} or later. An earlier limit is kept. */
    Selection notAfter(Instant time) {
        return before != null && before.isBefore(time) ? this : new Selection(ids, filter, all, time);
    }

    /** Returns the conditions of the query. Ids are served by the primary key and by dead_letter_event. */
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

    /**
     * The attributes that all selected letters have in common. Null and empty values match any letter.
     *
     * @param rootCause a root cause as reported by a letter or by the summary
     */
    record Filter(
            @Nullable String type,
            @Nullable String handler,
            @Nullable String exception,
            @Nullable String topic,
            @Nullable String key,
            @Nullable String tenant,
            @Nullable String rootCause) {

        Filter {
            type = given(type);
            handler = given(handler);
            exception = given(exception);
            topic = given(topic);
            key = given(key);
            tenant = given(tenant);
            rootCause = given(rootCause);
        }

        boolean acceptsAnything() {
            return Stream.of(type, handler, exception, topic, key, tenant, rootCause)
                    .allMatch(value -> value == null);
        }

        /**
         * Adds the conditions. dead_letter_key serves a key; other attributes are filtered among the letters of a state or a
         * time.
         */
        void addTo(Conditions conditions) {
            conditions
                    .and("d.type = :type", "type", type)
                    .and("d.handler = :handler", "handler", handler)
                    .and("d.exception = :exception", "exception", exception)
                    .and("d.topic = :topic", "topic", topic)
                    .and("d.key = :key", "key", key)
                    .and(LetterTenant.SQL + " = :tenant", "tenant", tenant == null ? null : LetterTenant.base64(tenant))
                    .and(
                            "d.cause_group = :causeGroup",
                            "causeGroup",
                            rootCause == null ? null : CauseGroup.of(rootCause));
        }

        private static @Nullable String given(@Nullable String value) {
            return value == null || value.isEmpty() ? null : StorableText.of(value);
        }
    }
}
