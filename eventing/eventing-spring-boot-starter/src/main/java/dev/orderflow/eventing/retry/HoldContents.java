package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The content of unresolved events, stored with their holds. */
class HoldContents {

    /** Served by the primary key. PostgreSQL knows the size of a TOASTed value without reading it. */
    private static final String SIZES = """
            SELECT event_id, coalesce(octet_length(headers), 0) + coalesce(octet_length(payload), 0) AS bytes
            FROM eventing.key_hold
            WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])
            """;

    /** Served by the primary key. */
    private static final String CONTENT = """
            SELECT event_id, headers, payload
            FROM eventing.key_hold
            WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[]) AND headers IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final String consumer;

    HoldContents(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * Returns the longest prefix of {@code holds} whose contents fit into {@code budget}. The first hold is included regardless
     * of its size.
     */
    List<Hold> fitting(List<Hold> holds, long budget) {
        var sizes = new HashMap<UUID, Long>();
        jdbc.sql(SIZES).param("consumer", consumer).param("ids", ids(holds)).query(row -> {
            sizes.put(row.getObject("event_id", UUID.class), row.getLong("bytes"));
        });
        return ByteBudget.fitting(holds, hold -> sizes.getOrDefault(hold.eventId(), 0L), budget);
    }

    /** Returns the contents by event id. Events that an earlier version placed have none. */
    Map<UUID, SourceRecord> of(Collection<Hold> holds) {
        var byId = new HashMap<UUID, Hold>();
        holds.forEach(hold -> byId.put(hold.eventId(), hold));
        var contents = new HashMap<UUID, SourceRecord>();
        jdbc.sql(CONTENT).param("consumer", consumer).param("ids", ids(holds)).query(row -> {
            var hold = byId.get(row.getObject("event_id", UUID.class));
            contents.put(hold.eventId(), source(hold, row.getString("headers"), row.getBytes("payload")));
        });
        return contents;
    }

    /** Rebuilds the record of an event whose content is lost from the columns of its hold. */
    static SourceRecord without(Hold hold) {
        return source(hold, "[]", null);
    }

    /** Returns the headers as stored. One of them contains the record's key, since the stream may have another key. */
    static String headersOf(SourceRecord source) {
        var headers = RetryRecord.withoutOwn(source.headers());
        headers.add(RetryRecord.KEY, source.key() == null ? null : source.key().getBytes(UTF_8));
        return HeadersJson.write(headers);
    }

    private static UUID[] ids(Collection<Hold> holds) {
        return holds.stream().map(Hold::eventId).toArray(UUID[]::new);
    }

    private static SourceRecord source(Hold hold, String kept, byte @Nullable [] payload) {
        var headers = HeadersJson.read(kept);
        var key = headers.lastHeader(RetryRecord.KEY);
        return StorableRecord.of(
                hold.eventId(),
                new SourceRecord.Place(hold.stream().topic(), hold.sourcePartition(), hold.sourceOffset()),
                key == null ? hold.stream().key() : key.value() == null ? null : new String(key.value(), UTF_8),
                hold.type(),
                RetryRecord.withoutOwn(headers),
                payload);
    }
}
