package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.PublicationTime.after;
import static dev.orderflow.eventing.PublicationTime.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.sample.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
