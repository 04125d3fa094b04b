package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.Publishing;
import dev.orderflow.eventing.outbox.RecordForwarder;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the outbox like the relay, one pass per call, and hands the records to a test. */
public class SimulatedRelay {

    private static final List<Integer> ALL =
            IntStream.range(0, Buckets.COUNT).boxed().toList();

    private final JdbcTemplate jdbc;
    private final OutboxReader reader;
    private final Sink sink;
    private final Incarnation incarnation;
    private Position read;

    /** Receiver of the records. */
    public interface Sink {
        void append(String topic, String key, Iterable<Header> headers, byte @Nullable [] value);
    }

    public SimulatedRelay(JdbcTemplate jdbc, Sink sink) {
        this.jdbc = jdbc;
        this.reader = new OutboxReader(jdbc, "test");
        this.sink = sink;
        this.incarnation = Incarnations.begin(jdbc);
        this.read = reader.position(incarnation);
    }

    public RecordForwarder forwarder(Clock clock) {
        return Publishing.to(jdbc, clock).forwarder();
    }

    /** @param diesOnTheWay if given, the pass may end anywhere, and the next pass begins where this one did */
    public void pass(@Nullable Random diesOnTheWay) {
        var to = reader.position(incarnation);
        var rows = AllPages.of(reader, new OutboxReader.Difference(read, to, ALL), 1_000);
        var sent = diesOnTheWay == null ? rows.size() : diesOnTheWay.nextInt(rows.size() + 1);
        rows.subList(0, sent)
                .forEach(row -> sink.append(row.topic(), new String(row.key(), UTF_8), row.headers(), row.payload()));
        if (diesOnTheWay == null) {
            read = to;
        }
    }
}
