package dev.orderflow.eventing.admin.deadletter;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.deadletter.DeadEvents;
import dev.orderflow.eventing.deadletter.RecordingRequeue;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.wire.EventTypeTag;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Bundles the operations on the dead letters of one consumer, which no other test uses. */
public class DeadLetterDesk {

    public static final String TYPE = "test.account.opened.v1";

    public final String consumer = "test-" + UUID.randomUUID();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final RecordingRequeue requeue;
    public final EventTypeTag tag = new EventTypeTag(() -> Set.of(TYPE));
    final DeadLetterBook letters;
    final DeadLetterQueries queries;
    final Audit audit;
    final Replays replays;
    final Discards discards;

    public DeadLetterDesk(DeadLetterDatabase database) {
        jdbc = database.jdbc;
        transaction = database.transaction;
        requeue = new RecordingRequeue(jdbc, consumer);
        letters = DeadEvents.book(jdbc, consumer, meters, tag);
        queries = new DeadLetterQueries(jdbc, consumer);
        audit = new Audit(jdbc);
        replays = new Replays(jdbc, consumer, transaction, audit, () -> {});
        discards = new Discards(jdbc, consumer, transaction, requeue, audit, new DiscardMetrics(meters, consumer, tag));
    }

    ReplayWorker worker() {
        return new ReplayWorker(chunks(requeue));
    }

    ReplayChunks chunks(Requeue through) {
        return new ReplayChunks(jdbc, consumer, transaction, through, replays, audit);
    }

    /** Makes an event die that holds its key. */
    public UUID dies(String key) {
        return dies(key, TYPE, new IllegalStateException("broken"));
    }

    UUID dies(String key, String type, Throwable cause) {
        var source = DeadEvents.source(key, type);
        hold(source.id(), key, "DEAD");
        bury(DeadEvents.event(source, true, cause, 1));
        return source.id();
    }

    /** Makes an event die whose successors do not wait. */
    UUID diesAlone(String key) {
        var source = DeadEvents.source(key, TYPE);
        bury(DeadEvents.event(source, false, new IllegalStateException("broken"), 1));
        return source.id();
    }

    void bury(DeadEvent... events) {
        transaction.executeWithoutResult(status -> letters.died(List.of(events)));
    }

    public UUID hold(String key, String state) {
        var id = Generators.timeBasedEpochGenerator().generate();
        hold(id, key, state);
        return id;
    }

    void hold(UUID id, String key, String state) {
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES (?, ?, ?, ?, ?, ?, 1, 0, now(), '[{}, {}]', 0, 0)
                """).params(consumer, id, DeadEvents.TOPIC, key, TYPE, state).update();
    }

    /** Returns the states of all holds, in the order in which the events were consumed. */
    List<String> holds() {
        return jdbc.sql("SELECT state FROM key_hold WHERE consumer = ? ORDER BY position")
                .param(consumer)
                .query(String.class)
                .list();
    }

    void diedAt(UUID event, Instant time) {
        jdbc.sql("UPDATE dead_letter SET died_at = ? WHERE consumer = ? AND event_id = ?")
                .params(time.atOffset(ZoneOffset.UTC), consumer, event)
                .update();
    }

    /** Replaces the headers of an event. */
    void headers(UUID event, Header... headers) {
        jdbc.sql("UPDATE dead_letter SET headers = ? WHERE consumer = ? AND event_id = ?")
                .params(HeadersJson.write(new RecordHeaders(headers)), consumer, event)
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
        return new DeadLetterQueries.Query(state, null, null, null, null, null, null, null, null, null, limit, cursor);
    }

    static DeadLetterQueries.Query ofTenant(String tenant) {
        return new DeadLetterQueries.Query(null, null, null, null, null, null, tenant, null, null, null, null, null);
    }

    static Selection all() {
        return new Selection(null, null, true, null);
    }

    static Selection of(UUID... ids) {
        return new Selection(List.of(ids), null, null, null);
    }

    static Selection ofType(String type) {
        return new Selection(null, new Selection.Filter(type, null, null, null, null, null, null), null, null);
    }
}
