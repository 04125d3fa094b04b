package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Events that had not been sent when the storage format of headers changed. */
class HeadersMigrationIT {

    private static final List<Integer> ALL =
            IntStream.range(0, Buckets.COUNT).boxed().toList();

    private final DriverManagerDataSource dataSource = dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);

    @Test
    void whatWaitedIsReadWithAllItsHeadersAndWhatWasSentIsNot() {
        migrate("3");
        insert("sent", null, null);
        jdbc.update("UPDATE outbox_bucket SET cursor = pg_current_snapshot()");
        var id = insert("own", "order_placement", null);
        insert("forwarded", null, "[{\"name\":\"x\",\"base64\":\"AP8=\"},{\"name\":\"none\",\"base64\":null}]");

        migrate("4");
        migrate("latest");
        var rows = unsent();

        assertThat(rows).extracting(row -> new String(row.key(), UTF_8)).containsExactly("own", "forwarded");
        var metadata = CloudEventHeaders.read(new RecordHeaders(rows.getFirst().headers()));
        assertThat(metadata.id()).isEqualTo(id);
        assertThat(metadata.type()).isEqualTo("test.happened.v1");
        assertThat(metadata.sequence()).isEqualTo(7);
        assertThat(metadata.time()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
        assertThat(metadata.correlationId()).isEqualTo("correlation ✓");
        assertThat(metadata.causationId()).isEqualTo(new UUID(1, 2).toString());
        assertThat(metadata.intent()).isEqualTo("order_placement");
        assertThat(metadata.traceparent()).isNull();
        assertThat(rows.getLast().headers())
                .containsExactly(header("x", new byte[] {0, -1}), new RecordHeader("none", null));
    }

    private List<OutboxRow> unsent() {
        var incarnation = Incarnations.begin(jdbc);
        var from = jdbc.queryForObject(
                "SELECT cursor::text, next_txid::text::bigint, last_id FROM outbox_bucket WHERE bucket = 0",
                (row, number) -> new Position(incarnation, row.getString(1), row.getLong(2), row.getLong(3)));
        var reader = new OutboxReader(jdbc, "test");
        return AllPages.of(reader, new OutboxReader.Difference(from, reader.position(incarnation), ALL), 100);
    }

    private UUID insert(String key, @Nullable String intent, @Nullable String headers) {
        var id = Generators.timeBasedEpochGenerator().generate();
        jdbc.update("""
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, correlation_id, causation_id, intent,
                                    payload, headers)
                VALUES (0, ?, 't', ?, 'test.happened.v1', 7, '2026-03-01T12:00:00.123456Z', 'correlation ✓', ?, ?, '{}', ?)
                """, id, key, new UUID(1, 2), intent, headers);
        return id;
    }

    private static Header header(String name, byte[] value) {
        return new RecordHeader(name, value);
    }

    private void migrate(String version) {
        EventingTables.create(dataSource, version);
    }

    private static DriverManagerDataSource dataSource() {
        var database = TestInfrastructure.get().createDatabase("headers");
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
