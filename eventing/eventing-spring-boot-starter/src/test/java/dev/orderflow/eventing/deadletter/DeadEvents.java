package dev.orderflow.eventing.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Creates events that died, and the book that stores them, for tests of other packages. */
public final class DeadEvents {

    public static final String TOPIC = "account-events";
    public static final String HANDLER = "AccountEventHandlers.open";

    private DeadEvents() {}

    public static DeadLetterBook book(JdbcClient jdbc, String consumer, MeterRegistry meters, EventTypeTag tag) {
        return new DeadLetters(jdbc, consumer, new DeadLetterMetrics(meters, consumer, tag));
    }

    /** Returns the task that deletes closed letters after 30 days. */
    public static PeriodicTask retention(JdbcClient jdbc, String consumer, RetentionClock clock, MeterRegistry meters) {
        return new DeadLetterRetention(jdbc, consumer, clock, Duration.ofDays(30), meters);
    }

    public static SourceRecord source(@Nullable String key, String type) {
        return new SourceRecord(
                Generators.timeBasedEpochGenerator().generate(),
                TOPIC,
                3,
                42,
                key,
                type,
                new RecordHeaders().add("ce_type", type.getBytes(UTF_8)),
                "{\"account\":\"a\"}".getBytes(UTF_8));
    }

    public static DeadEvent event(SourceRecord source, boolean holdsKey, Throwable cause, int attempts) {
        var attempt = new Attempt(Instant.parse("2026-03-01T12:00:00Z"), 1, "x.Y", "failed", null);
        var history = new Attempt[attempts];
        Arrays.fill(history, attempt);
        return new DeadEvent(source, HANDLER, holdsKey, cause, List.of(history));
    }
}
