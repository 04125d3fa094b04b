package dev.orderflow.eventing.signatures;

import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A dead letter as the database has it. */
record StoredLetter(SourceRecord source, boolean holdsKey) {

    static StoredLetter latestOf(String key, JdbcClient jdbc) {
        return jdbc.sql(
                        "SELECT event_id, topic, source_partition, source_offset, key, type, headers, payload, holds_key"
                                + " FROM dead_letter WHERE key = ? ORDER BY id DESC LIMIT 1")
                .param(key)
                .query((row, number) -> new StoredLetter(
                        new SourceRecord(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                row.getInt(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getString(6),
                                HeadersJson.read(row.getString(7)),
                                row.getBytes(8)),
                        row.getBoolean(9)))
                .single();
    }
}
