package dev.orderflow.hub.timeline;

import dev.orderflow.hub.timeline.Timeline.Loss;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the rows of timelines, in the transaction of the caller. */
@Component
class TimelineRows {

    private static final String COLUMNS = """
            event_id, source_key, published_id, source, type, key, topic, occurred_at, record_time, sequence, correlation_id,
            causation_id
            """;

    /** Served by event_key of each day. */
    private static final String OF_KEY = "SELECT " + COLUMNS
            + " FROM event WHERE tenant = :tenant AND key = :key ORDER BY record_time, position LIMIT :limit";

    /** Served by event_flow of each day. */
    private static final String OF_FLOWS = "SELECT " + COLUMNS + """
             FROM event WHERE tenant = :tenant AND correlation_id = ANY (:flows::text[])
             ORDER BY record_time, position LIMIT :limit
            """;

    /** Served by sighting_event of each day. */
    private static final String SIGHTINGS = """
            SELECT s.event_id, s.source_key, topic, kafka_partition, kafka_offset, record_time, kind, consumer, hop, due_at, handler,
                   exception
              FROM unnest(:ids::uuid[], :sources::bigint[]) AS wanted (event_id, source_key)
              JOIN sighting s ON s.event_id = wanted.event_id AND s.source_key = wanted.source_key
             WHERE s.tenant = :tenant
             ORDER BY record_time, kind DESC, topic, kafka_partition, kafka_offset
             LIMIT :limit
            """;

    /** Served by sequence_anomaly_key. */
    private static final String GAPS = """
            SELECT source, topic, first, last, found_at, confirmed FROM sequence_anomaly
             WHERE tenant = :tenant AND key = :key AND kind = 'GAP'
             ORDER BY found_at, id LIMIT :limit
            """;

    private final JdbcClient jdbc;

    TimelineRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<TimelineEvent> ofKey(String tenant, String key, int limit) {
        return jdbc.sql(OF_KEY)
                .param("tenant", tenant)
                .param("key", key)
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    List<TimelineEvent> ofFlows(String tenant, Collection<String> flows, int limit) {
        return jdbc.sql(OF_FLOWS)
                .param("tenant", tenant)
                .param("flows", flows.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    /** Returns the records of events, in the order of their times. */
    List<TimelineSighting> sightings(String tenant, List<TimelineEvent> events, int limit) {
        return jdbc.sql(SIGHTINGS)
                .param("ids", events.stream().map(TimelineEvent::id).toArray(UUID[]::new))
                .param("sources", events.stream().map(TimelineEvent::sourceKey).toArray(Long[]::new))
                .param("tenant", tenant)
                .param("limit", limit)
                .query((row, number) -> sighting(row))
                .list();
    }

    List<Loss> gaps(String tenant, String key, int limit) {
        return jdbc.sql(GAPS)
                .param("tenant", tenant)
                .param("key", key)
                .param("limit", limit)
                .query((row, number) -> new Loss(
                        row.getString("source"),
                        row.getString("topic"),
                        row.getLong("first"),
                        row.getLong("last"),
                        time(row, "found_at"),
                        row.getBoolean("confirmed")))
                .list();
    }

    private static TimelineEvent event(ResultSet row) throws SQLException {
        return new TimelineEvent(
                row.getObject("event_id", UUID.class),
                row.getLong("source_key"),
                row.getString("published_id"),
                row.getString("source"),
                row.getString("type"),
                row.getString("key"),
                row.getString("topic"),
                nullableTime(row, "occurred_at"),
                time(row, "record_time"),
                row.getLong("sequence"),
                row.getString("correlation_id"),
                row.getString("causation_id"));
    }

    private static TimelineSighting sighting(ResultSet row) throws SQLException {
        return new TimelineSighting(
                row.getObject("event_id", UUID.class),
                row.getLong("source_key"),
                row.getString("topic"),
                row.getInt("kafka_partition"),
                row.getLong("kafka_offset"),
                time(row, "record_time"),
                row.getString("kind"),
                row.getString("consumer"),
                row.getObject("hop", Integer.class),
                nullableTime(row, "due_at"),
                row.getString("handler"),
                row.getString("exception"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant nullableTime(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
