package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.PublicationTime.after;
import static dev.orderflow.eventing.PublicationTime.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.sample.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tests the transactions that schedule events, and cancel them. */
class SchedulingIT extends SchedulingFixture {

    @Test
    void whatIsRolledBackHasNoEffect() {
        database.transaction.executeWithoutResult(status -> {
            events.publish(new AuditEvent(key, "never"), LATER);
            status.setRollbackOnly();
        });
        schedule(key, "kept", LATER);
        database.transaction.executeWithoutResult(status -> {
            assertThat(events.cancel(AuditEvent.class, key)).isEqualTo(1);
            status.setRollbackOnly();
        });

        due();
        publication.round();

        assertThat(texts(key)).containsExactly("kept");
    }

    @Test
    void eventsAreCancelledByTypeAndKey() {
        schedule(key, "cancelled", LATER);
        schedule(key, "cancelled, too", after(Duration.ofHours(2)));
        schedule(key + "'", "of another key", LATER);

        assertThat(cancel(key)).isEqualTo(2);
        assertThat(cancel(key)).isZero();
        due();
        publication.round();

        assertThat(texts(key)).isEmpty();
        assertThat(texts(key + "'")).containsExactly("of another key");
        assertThat(cancel(key + "'")).as("after its publication").isZero();
    }

    @Test
    void eventsOfSeveralKeysAreCancelledTogether() {
        schedule(key, "cancelled", LATER);
        schedule(key + "'", "cancelled, too", LATER);
        schedule(key + "\"", "kept", LATER);

        assertThat(database.transaction.<Integer>execute(
                        status -> events.cancel(AuditEvent.class, Set.of(key, key + "'", "unknown"))))
                .isEqualTo(2);
        due();
        publication.round();

        assertThat(texts(key)).isEmpty();
        assertThat(texts(key + "'")).isEmpty();
        assertThat(texts(key + "\"")).containsExactly("kept");
    }

    /** Scheduled events are written at the end of the transaction only. */
    @Test
    void aTransactionCancelsWhatItHasScheduled() {
        database.transaction.executeWithoutResult(status -> {
            events.publish(new AuditEvent(key, "cancelled"), LATER);
            events.publish(new AuditEvent(key + "'", "kept"), LATER);
            assertThat(events.cancel(AuditEvent.class, key)).isEqualTo(1);
            events.publish(new AuditEvent(key, "scheduled afterwards"), LATER);
        });
        due();
        publication.round();

        assertThat(texts(key)).containsExactly("scheduled afterwards");
        assertThat(texts(key + "'")).containsExactly("kept");
    }

    /** The synchronization runs after the one that writes the events. */
    @Test
    void aCancellationWhileTheTransactionCommitsCountsEachEventOnce() {
        var cancelled = new AtomicInteger();
        database.transaction.executeWithoutResult(status -> {
            events.publish(new AuditEvent(key, "cancelled"), LATER);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    cancelled.set(events.cancel(AuditEvent.class, key));
                }
            });
        });
        due();
        publication.round();

        assertThat(cancelled).hasValue(1);
        assertThat(texts(key)).isEmpty();
    }

    @Test
    void aSavepointBringsBackWhatWasScheduledAndCancelledSince() {
        schedule(key, "of before", LATER);
        database.transaction.executeWithoutResult(status -> {
            events.publish(new AuditEvent(key, "kept"), LATER);
            var savepoint = status.createSavepoint();
            events.publish(new AuditEvent(key, "never"), LATER);
            assertThat(events.cancel(AuditEvent.class, key)).isEqualTo(3);
            events.publish(new AuditEvent(key, "never, too"), LATER);
            status.rollbackToSavepoint(savepoint);
        });
        due();
        publication.round();

        assertThat(texts(key)).containsExactly("of before", "kept");
    }

    /** Publication passes by what is being cancelled, and takes the others. */
    @Test
    void aCancellationThatCrossesThePublicationWins() {
        schedule(key, "cancelled", at(Instant.EPOCH));
        schedule(key + "'", "published", at(Instant.EPOCH));

        database.transaction.executeWithoutResult(status -> {
            assertThat(events.cancel(AuditEvent.class, key)).isEqualTo(1);
            together(List.of(publication::round));
            assertThat(published(key + "'")).isEqualTo(1);
        });
        publication.round();

        assertThat(texts(key)).isEmpty();
    }

    @Test
    void afterTheCommitItIsTooLate() {
        assertThatThrownBy(() -> database.transaction.executeWithoutResult(status -> {
                    events.publish(new AuditEvent(key, "in time"));
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            events.publish(new AuditEvent(key, "too late"), LATER);
                        }
                    });
                }))
                .hasMessageContaining("after its transaction has ended");

        assertThat(texts(key)).containsExactly("in time");
        assertThat(database.template.queryForObject("SELECT count(*) FROM scheduled_event", Long.class))
                .isZero();
    }

    @Test
    void whatCannotBeScheduledIsRefused() {
        assertThatThrownBy(() -> events.publish(new AuditEvent(key, "later"), LATER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a transaction");
        assertThatThrownBy(() -> events.cancel(AuditEvent.class, key))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a transaction");
        assertThatThrownBy(() -> schedule(key, "later", at(Instant.MAX))).hasMessageContaining("within 3660 days");
        assertThatThrownBy(() -> schedule(key, "later", after(Duration.ofSeconds(Long.MAX_VALUE))))
                .hasMessageContaining("within 3660 days");
        assertThatThrownBy(() -> after(Duration.ofNanos(-1))).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> schedule(" ", "later", LATER)).hasMessageContaining("key that is blank");
    }
}
