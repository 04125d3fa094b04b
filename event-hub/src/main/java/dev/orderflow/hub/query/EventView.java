package dev.orderflow.hub.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A stored event.
 *
 * @param position   number in the order of storing; the id of the event in a stream
 * @param recordTime time of its record
 * @param sequence   position in its key's stream; 0 if it has none
 * @param data       payload; null if it is not JSON or too large
 * @param raw        payload other than JSON
 * @param size       bytes of the payload
 */
public record EventView(
        long position,
        String id,
        String source,
        String type,
        String key,
        String topic,
        @Nullable Instant time,
        Instant recordTime,
        long sequence,
        String correlationId,
        String causationId,
        @Nullable String intent,
        @Nullable String traceparent,

        @JsonRawValue
        @Schema(
                description = "The payload; null if it is not JSON, or too large to be stored",
                implementation = Object.class)
        @Nullable
        String data,

        byte @Nullable [] raw,
        int size) {

    /** Columns of the table that {@link #read} needs. */
    public static final String COLUMNS =
            "position, published_id, source, type, key, topic, occurred_at, record_time, sequence, correlation_id, causation_id,"
                    + " intent, traceparent, data, raw, size";

    /** Reads the current row. */
    public static EventView read(ResultSet row) throws SQLException {
        var time = row.getObject("occurred_at", OffsetDateTime.class);
        return new EventView(
                row.getLong("position"),
                row.getString("published_id"),
                row.getString("source"),
                row.getString("type"),
                row.getString("key"),
                row.getString("topic"),
                time == null ? null : time.toInstant(),
                row.getObject("record_time", OffsetDateTime.class).toInstant(),
                row.getLong("sequence"),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                row.getString("intent"),
                row.getString("traceparent"),
                row.getString("data"),
                row.getBytes("raw"),
                row.getInt("size"));
    }
}
