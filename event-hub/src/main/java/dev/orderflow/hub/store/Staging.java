package dev.orderflow.hub.store;

import dev.orderflow.eventing.schema.StorableText;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The temporary table of a connection to which records are copied before they are inserted: {@code COPY} itself fails at the first row
 * that exists already. It is empty again after each transaction.
 */
@Component
class Staging {

    /** Repeated per transaction, because connections are replaced. Changes nothing if the connection has the table. */
    private static final String CREATE = """
            CREATE TEMPORARY TABLE IF NOT EXISTS staged (
                line            integer,
                topic           text,
                kafka_partition integer,
                kafka_offset    bigint,
                record_time     timestamptz,
                origin          text,
                kind            text,
                consumer        text,
                hop             integer,
                due_at          timestamptz,
                handler         text,
                exception       text,
                event_id        uuid,
                source_key      bigint,
                tenant          text,
                source          text,
                published_id    text,
                type            text,
                key             text,
                occurred_at     timestamptz,
                sequence        bigint,
                stream          uuid,
                correlation_id  text,
                causation_id    text,
                intent          text,
                traceparent     text,
                json            text,
                raw             bytea,
                size            integer
            ) ON COMMIT DELETE ROWS
            """;

    private static final String COPY = "COPY pg_temp.staged FROM STDIN WITH (FORMAT text, ENCODING 'UTF8')";

    private final JdbcTemplate jdbc;

    Staging(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Copies events to the table of the current transaction's connection. */
    void fill(List<StagedEvent> events) {
        jdbc.execute(CREATE);
        jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, events));
    }

    private static long copy(Connection connection, List<StagedEvent> events) throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            var row = new CopyText();
            var line = 0;
            for (var event : events) {
                var bytes = row(row, line++, event).end();
                copy.writeToCopy(bytes, 0, bytes.length);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static CopyText row(CopyText row, int line, StagedEvent event) {
        addSighting(row.add(line), event.sighting());
        var metadata = event.metadata();
        return row.add(metadata.id())
                .add(IndexedText.keyOf(metadata.source()))
                .add(event.tenant())
                .add(StorableText.of(metadata.source()))
                .add(StorableText.of(metadata.publishedId()))
                .add(IndexedText.of(metadata.type()))
                .add(IndexedText.of(metadata.subject()))
                .add(metadata.time())
                .add(metadata.sequence())
                .add(stream(event))
                .add(IndexedText.of(metadata.correlationId()))
                .add(StorableText.of(metadata.causationId()))
                .add(StorableText.ofNullable(metadata.intent()))
                .add(StorableText.ofNullable(metadata.traceparent()))
                .add(event.json())
                .addBytes(event.raw())
                .add(event.size());
    }

    private static void addSighting(CopyText row, Sighting sighting) {
        var place = sighting.place();
        row.add(place.topic())
                .add(place.partition())
                .add(place.offset())
                .add(sighting.recordTime())
                .add(StorableText.of(sighting.origin()))
                .add(sighting.kind());
        var copy = sighting.copy();
        if (copy == null) {
            row.add(null).add(null).add(null).add(null).add(null);
        } else {
            row.add(copy.consumer())
                    .add(copy.hop())
                    .add(copy.dueAt())
                    .add(StorableText.ofNullable(copy.handler()))
                    .add(StorableText.ofNullable(copy.exception()));
        }
    }

    /** Returns the id of the stream whose sequences count up: one source's events of one key on one topic. */
    private static @Nullable UUID stream(StagedEvent event) {
        var metadata = event.metadata();
        if (event.sighting().copy() != null || metadata.sequence() <= 0) {
            return null;
        }
        var name = event.sighting().place().topic() + "\n" + metadata.source().length() + "\n" + metadata.source()
                + metadata.subject();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
