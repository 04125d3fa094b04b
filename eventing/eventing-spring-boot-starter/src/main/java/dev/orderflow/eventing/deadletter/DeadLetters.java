package dev.orderflow.eventing.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.schema.StorableText;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores events that died and events that recovered. An event always has a single letter: when the event dies again, the letter
 * counts the deaths and keeps the last {@value #KEPT_ATTEMPTS} attempts of all of them.
 * <p>
 * Joins the transaction in which the event dies. Otherwise an event could be dead for the retries without having a letter, and
 * would be lost.
 */
class DeadLetters implements DeadLetterBook {

    static final int KEPT_ATTEMPTS = 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /**
     * Detects conflicts by dead_letter_event. The published record is never updated. The replay_id is not updated either, which
     * lets the replay count the letters that died again. A negative subscript selects nothing in a lax JSON path.
     */
    private static final String BURY = """
            INSERT INTO eventing.dead_letter AS known
                   (consumer, event_id, type, topic, source_partition, source_offset, key, headers, payload,
                    handler, holds_key, exception, message, root_cause, cause_group, attempts)
            SELECT :consumer, event_id, type, topic, source_partition, source_offset, key, headers, payload,
                   handler, holds_key, exception, message, root_cause, cause_group,
                   jsonb_path_query_array(attempts::jsonb, '$[last - 19 to last]')
            FROM unnest(:ids::uuid[], :types::text[], :topics::text[], :partitions::integer[], :offsets::bigint[],
                        :keys::text[], :headers::text[], :payloads::bytea[], :handlers::text[], :holdKeys::boolean[],
                        :exceptions::text[], :messages::text[], :rootCauses::text[], :causeGroups::text[],
                        :attempts::text[])
                 AS died (event_id, type, topic, source_partition, source_offset, key, headers, payload,
                          handler, holds_key, exception, message, root_cause, cause_group, attempts)
            ORDER BY event_id
            ON CONFLICT (consumer, event_id) DO UPDATE
            SET handler = excluded.handler,
                holds_key = excluded.holds_key,
                exception = excluded.exception,
                message = excluded.message,
                root_cause = excluded.root_cause,
                cause_group = excluded.cause_group,
                attempts = jsonb_path_query_array(known.attempts || excluded.attempts, '$[last - 19 to last]'),
                state = 'DEAD',
                died_at = now(),
                deaths = known.deaths + 1,
                closed_at = NULL
            """;

    /** Served by dead_letter_event. Most events that recover were never dead and match nothing. */
    private static final String REVIVE = """
            UPDATE eventing.dead_letter
            SET state = 'REPLAYED', closed_at = now()
            WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[]) AND state IN ('REPLAYING', 'QUEUED', 'DEAD')
            RETURNING type
            """;

    private final JdbcClient jdbc;
    private final String consumer;
    private final DeadLetterMetrics metrics;

    DeadLetters(JdbcClient jdbc, String consumer, DeadLetterMetrics metrics) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.metrics = metrics;
    }

    @Override
    public void died(Collection<DeadEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        var once = new LinkedHashMap<UUID, Row>();
        events.forEach(event -> once.put(event.source().id(), Row.of(event)));
        var rows = List.copyOf(once.values());
        jdbc.sql(BURY)
                .param("consumer", consumer)
                .param("ids", column(rows, UUID[]::new, row -> row.source().id()))
                .param("types", column(rows, String[]::new, Row::type))
                .param("topics", column(rows, String[]::new, row -> row.source().topic()))
                .param(
                        "partitions",
                        column(rows, Integer[]::new, row -> row.source().partition()))
                .param("offsets", column(rows, Long[]::new, row -> row.source().offset()))
                .param("keys", column(rows, String[]::new, Row::key))
                .param("headers", column(rows, String[]::new, Row::headers))
                .param(
                        "payloads",
                        column(rows, byte[][]::new, row -> row.source().payload()))
                .param("handlers", column(rows, String[]::new, row -> row.event.handler()))
                .param("holdKeys", column(rows, Boolean[]::new, row -> row.event.holdsKey()))
                .param("exceptions", column(rows, String[]::new, row -> row.failure.exception()))
                .param("messages", column(rows, String[]::new, row -> row.failure.message()))
                .param("rootCauses", column(rows, String[]::new, row -> row.failure.rootCause()))
                .param("causeGroups", column(rows, String[]::new, row -> row.failure.causeGroup()))
                .param("attempts", column(rows, String[]::new, Row::attempts))
                .update();
        metrics.dead(rows.stream().map(Row::type).toList());
    }

    @Override
    public void tookEffect(Collection<UUID> eventIds) {
        if (eventIds.isEmpty()) {
            return;
        }
        var revived = jdbc.sql(REVIVE)
                .param("consumer", consumer)
                .param("ids", eventIds.toArray(UUID[]::new))
                .query(String.class)
                .list();
        metrics.replayed(revived);
    }

    private static <T> T[] column(List<Row> rows, IntFunction<T[]> array, Function<Row, @Nullable T> value) {
        return rows.stream().map(value).toArray(array);
    }

    private record Row(DeadEvent event, Failure failure) {

        private static Row of(DeadEvent event) {
            return new Row(event, Failure.of(event.cause()));
        }

        private SourceRecord source() {
            return event.source();
        }

        private String type() {
            return StorableText.of(source().type());
        }

        private @Nullable String key() {
            return StorableText.ofNullable(source().key());
        }

        private String headers() {
            return HeadersJson.write(source().headers());
        }

        private String attempts() {
            return JSON.writeValueAsString(
                    event.attempts().stream().map(Row::storable).toList());
        }

        private static Attempt storable(Attempt attempt) {
            return new Attempt(
                    attempt.at(),
                    attempt.level(),
                    attempt.exception(),
                    StorableText.ofNullable(attempt.message()),
                    attempt.guard());
        }
    }
}
