package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.SampleIT;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Handlers that exceed the time limit for an event. */
@Import(HandlingTimeoutIT.Stalls.class)
@TestPropertySource(properties = "eventing.inbox.handling-timeout=500ms")
class HandlingTimeoutIT extends SampleIT {

    @TestConfiguration(proxyBeanMethods = false)
    static class Stalls {

        @Bean
        Stalling stalling() {
            return new Stalling();
        }
    }

    /** Runs the test's action before the next event of an account is handled. */
    static final class Stalling implements HandlerCalls.Step {

        private final Map<String, Runnable> stalls = new ConcurrentHashMap<>();

        @Override
        public void around(HandlerCalls.Call delivery, Runnable next) {
            stalls.getOrDefault(delivery.metadata().subject(), () -> {}).run();
            next.run();
        }
    }

    @Autowired
    private Stalling stalling;

    @Autowired
    private HandlingWatch watch;

    @Autowired
    private Requeue requeue;

    @Autowired
    private DataSource dataSource;

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
        stalling.stalls.clear();
    }

    @Test
    void whatWaitsTooLongIsInterruptedAndTriedAgainWhileOthersGoOn() {
        var other = UUID.randomUUID().toString();
        stalling.stalls.put(account, this::waitOnce);

        publish(new Deposited(account, 1), new Deposited(account, 2), new Deposited(other, 3));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2"));
        assertThat(effects.of(other)).containsExactly("deposited 3");
        assertThat(watch.overdue()).isEmpty();
    }

    @Test
    void aCallThatTakesTooLongIsInterruptedAndTriedAgain() {
        stalling.stalls.put(account, this::waitOnce);

        publish(new Pledged(account, 1), new Deposited(account, 2));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("pledged 1", "deposited 2"));
    }

    @Test
    void whatCannotBeInterruptedIsNotedShownAndHoldsNoTransactionForEver() {
        stalling.stalls.put(account, this::spin);
        publish(new Deposited(account, 1));

        await().untilAsserted(() -> assertThat(watch.overdue()).containsKey("AccountEventHandlers.deposit"));
        await().untilAsserted(() -> assertThat(noted()).isEqualTo(1));
        await().untilAsserted(() -> assertThat(openTransactions()).isZero());

        release();
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1"));
        await().untilAsserted(() -> assertThat(noted()).isZero());
        assertThat(watch.overdue()).isEmpty();
    }

    /** The note is what a process leaves behind that had to be ended. */
    @Test
    void whatAnEarlierProcessCouldNotFinishIsDeadAndIsHandledAgainWhenItIsReplayed() {
        var message = foreign();
        var id = CloudEventHeaders.read(message.headers()).id();
        jdbc.sql("INSERT INTO inbox_overrun (consumer, event_id, handler) VALUES ('sample', ?, 'deposit')")
                .param(id)
                .update();
        watch.stop();
        watch.start();

        produce(List.of(message));
        await().untilAsserted(() -> assertThat(recordsOf("sample.dlt")).hasSize(1));
        assertThat(effects.of(account)).isEmpty();
        assertThat(noted()).isZero();

        var source = new SourceRecord(
                id, message.topic(), 0, 0, account, "sample.account.deposited.v1", message.headers(), message.value());
        inTransaction(() -> assertThat(requeue.again(source, true)).isTrue());
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 7"));
    }

    /** A statement that waits for a lock does not react to an interrupt. The note stays while the database blocks its removal. */
    @Test
    void whatHasWaitedForALockAndEndedIsHandledThoughItsNoteIsStillThere() throws SQLException {
        try (var locking = dataSource.getConnection();
                var keeping = dataSource.getConnection()) {
            execute(locking, "SELECT pg_advisory_lock(4711)");
            stalling.stalls.put(
                    account,
                    () -> jdbc.sql("SELECT pg_advisory_xact_lock(4711)")
                            .query((row, number) -> number)
                            .list());
            publish(new Deposited(account, 1));
            await().untilAsserted(() -> assertThat(noted()).isEqualTo(1));

            stalling.stalls.clear();
            keeping.setAutoCommit(false);
            execute(keeping, "LOCK TABLE inbox_overrun IN SHARE MODE");
            execute(
                    locking,
                    "SELECT pg_cancel_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted");
            // The watch, and the transaction that decides about the event.
            await().untilAsserted(() -> assertThat(waitingForTheNotes()).isEqualTo(2));
            keeping.rollback();

            await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1"));
            await().untilAsserted(() -> assertThat(noted()).isZero());
            assertThat(recordsOf("sample.dlt")).isEmpty();
            execute(locking, "SELECT pg_advisory_unlock_all()");
        }
    }

    @Test
    void whatAnotherProcessHasEndedAfterAllIsHandledThoughThisOneKnewOfItsNote() {
        var message = foreign();
        var id = CloudEventHeaders.read(message.headers()).id();
        jdbc.sql("INSERT INTO inbox_overrun (consumer, event_id, handler) VALUES ('sample', ?, 'deposit')")
                .param(id)
                .update();
        watch.stop();
        watch.start();
        jdbc.sql("DELETE FROM inbox_overrun WHERE event_id = ?").param(id).update();

        produce(List.of(message));
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 7"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int waitingForTheNotes() {
        return jdbc.sql("SELECT count(*) FROM pg_locks WHERE relation = 'inbox_overrun'::regclass AND NOT granted")
                .query(Integer.class)
                .single();
    }

    private void waitOnce() {
        stalling.stalls.remove(account);
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void spin() {
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private ProducerRecord<String, byte[]> foreign() {
        var metadata = EventMetadata.of(
                UUID.fromString("0190b2f0-0000-7000-8000-" + account.substring(24)),
                "sample.account.deposited.v1",
                "test",
                account,
                Instant.now());
        return new ProducerRecord<>(
                AccountEvent.TOPIC,
                0,
                account,
                new EventJson().write(new Deposited(account, 7)),
                CloudEventHeaders.of(metadata));
    }

    private int noted() {
        return jdbc.sql("SELECT count(*) FROM inbox_overrun")
                .query(Integer.class)
                .single();
    }

    private int openTransactions() {
        return jdbc.sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                        """).query(Integer.class).single();
    }
}
