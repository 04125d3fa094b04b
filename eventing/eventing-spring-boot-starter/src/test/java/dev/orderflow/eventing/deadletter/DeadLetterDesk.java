package dev.orderflow.eventing.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Bundles the operations on the dead letters of one consumer, which no other test uses. */
public class DeadLetterDesk {

    static final String TOPIC = "account-events";
    static final String TYPE = "test.account.opened.v1";
    static final String HANDLER = "AccountEventHandlers.open";

    final String consumer = "test-" + UUID.randomUUID();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final RecordingRequeue requeue;
    final EventTypeTag tag = new EventTypeTag(() -> Set.of(TYPE));
    final DeadLetterMetrics metrics;
    final DeadLetters letters;
    final DeadLetterQueries queries;
    final Audit audit;
    final Replays replays;
    final Discards discards;
    final Holds holds;

    DeadLetterDesk(DeadLetterDatabase database) {
        jdbc = database.jdbc;
        transaction = database.transaction;
        requeue = new RecordingRequeue(jdbc, consumer);
        metrics = new DeadLetterMetrics(meters, consumer, tag);
        letters = new DeadLetters(jdbc, consumer, metrics);
        queries = new DeadLetterQueries(jdbc, consumer);
        audit = new Audit(jdbc);
        replays = new Replays(jdbc, consumer, transaction, audit, () -> {});
        discards = new Discards(jdbc, consumer, transaction, requeue, audit, metrics);
        holds = new Holds(jdbc, consumer);
    }

    ReplayWorker worker() {
        return new ReplayWorker(chunks(requeue));
    }

    ReplayChunks chunks(Requeue through) {
        return new ReplayChunks(jdbc, consumer, transaction, through, replays, audit);
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

    /** Makes an event die that holds its key. */
    UUID dies(String key) {
        return dies(key, TYPE, new IllegalStateException("broken"));
    }

    UUID dies(String key, String type, Throwable cause) {
        var source = source(key, type);
        hold(source.id(), key, "DEAD");
        bury(event(source, true, cause, 1));
        return source.id();
    }

    /** Makes an event die whose successors do not wait. */
    UUID diesAlone(String key) {
        var source = source(key, TYPE);
        bury(event(source, false, new IllegalStateException("broken"), 1));
        return source.id();
    }

    void bury(DeadEvent... events) {
        transaction.executeWithoutResult(status -> letters.died(List.of(events)));
    }

    UUID hold(String key, String state) {
        var id = Generators.timeBasedEpochGenerator().generate();
        hold(id, key, state);
        return id;
    }

    void hold(UUID id, String key, String state) {
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES (?, ?, ?, ?, ?, ?, 1, 0, now(), '[{}, {}]', 0, 0)
                """).params(consumer, id, TOPIC, key, TYPE, state).update();
    }

    void diedAt(UUID event, Instant time) {
        jdbc.sql("UPDATE dead_letter SET died_at = ? WHERE consumer = ? AND event_id = ?")
                .params(time.atOffset(ZoneOffset.UTC), consumer, event)
                .update();
    }

    DeadLetter.Details letter(UUID event) {
        return queries.details(event);
    }

    DeadLetter.State stateOf(UUID event) {
        return letter(event).state();
    }

    double counted(String what) {
        var counter = meters.find("eventing.deadletters." + what)
                .tags("group", consumer, "type", TYPE)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    static DeadLetterQueries.Query query(
            DeadLetter.@Nullable State state, @Nullable Integer limit, @Nullable String cursor) {
        return new DeadLetterQueries.Query(state, null, null, null, null, null, null, null, null, limit, cursor);
    }

    static Selection all() {
        return new Selection(null, null, true, null);
    }

    static Selection of(UUID... ids) {
        return new Selection(List.of(ids), null, null, null);
    }

    static Selection ofType(String type) {
        return new Selection(null, new Selection.Filter(type, null, null, null, null, null), null, null);
    }
}
