package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The part of a queued dead letter that a replay sends: the event as it was published. */
record QueuedLetter(UUID id, SourceRecord source, boolean holdsKey) {

    static final String COLUMNS = """
            d.id, d.event_id, d.type, d.topic, d.source_partition, d.source_offset, d.key, d.headers, d.payload, d.holds_key
            """;

    static QueuedLetter read(ResultSet row, int number) throws SQLException {
        var source = SourceRecord.storable(
                row.getObject("event_id", UUID.class),
                new SourceRecord.Place(
                        row.getString("topic"), row.getInt("source_partition"), row.getLong("source_offset")),
                row.getString("key"),
                row.getString("type"),
                HeadersJson.read(row.getString("headers")),
                row.getBytes("payload"));
        return new QueuedLetter(row.getObject("id", UUID.class), source, row.getBoolean("holds_key"));
    }
}
