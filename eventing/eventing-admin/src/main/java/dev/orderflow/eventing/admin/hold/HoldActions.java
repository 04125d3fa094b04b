package dev.orderflow.eventing.admin.hold;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.HoldRecovery.Recovery;
import dev.orderflow.eventing.schema.StorableText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Operators' actions on events that were consumed but have not taken effect. Each event has its own transaction, with its audit
 * record. When a request fails half-way, the committed part stays. The request can be repeated.
 */
class HoldActions {

    /** Served by dead_letter_event. */
    private static final String DISCARD = """
            UPDATE eventing.dead_letter SET state = 'DISCARDED', closed_at = now()
            WHERE consumer = :consumer AND event_id = :id AND state IN ('DEAD', 'QUEUED', 'REPLAYING')
            """;

    private final JdbcClient jdbc;
    private final String consumer;
    private final TransactionOperations transaction;
    private final HoldRecovery recovery;
    private final Audit audit;

    HoldActions(
            JdbcClient jdbc, String consumer, TransactionOperations transaction, HoldRecovery recovery, Audit audit) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.transaction = transaction;
        this.recovery = recovery;
        this.audit = audit;
    }

    /**
     * @param resent    the number of records that were sent again
     * @param parked    the number of events that now wait in the database behind a dead letter of their key
     * @param dead      the number of events that became dead letters because their content is lost
     * @param unchanged the number of events that are resolved or already wait in the database
     */
    record Resent(int resent, int parked, int dead, int unchanged) {

        private static Resent of(Map<Recovery, Integer> counts) {
            return new Resent(
                    counts.getOrDefault(Recovery.RESENT, 0),
                    counts.getOrDefault(Recovery.PARKED, 0),
                    counts.getOrDefault(Recovery.DEAD, 0),
                    counts.getOrDefault(Recovery.UNCHANGED, 0));
        }
    }

    /**
     * @param givenUp  number of events that are now discarded dead letters
     * @param released number of events that waited behind them
     */
    record GivenUp(int givenUp, int released) {}

    private record Target(UUID event) {}

    private record Condemned(UUID event, String reason) {}

    /**
     * Sends the records of events again that wait on a retry topic. This is harmless if a record still exists: one of the two
     * then counts as a copy.
     */
    Resent resend(List<UUID> events, String who) {
        var counts = new EnumMap<Recovery, Integer>(Recovery.class);
        for (var event : events) {
            var done = transaction.execute(status -> {
                var recovered = recovery.resend(event);
                if (recovered != Recovery.UNCHANGED) {
                    audit.record(who, Audit.HOLDS_RESENT, new Target(event), recovered);
                }
                return recovered;
            });
            counts.merge(done, 1, Integer::sum);
        }
        return Resent.of(counts);
    }

    /** Gives up events in any state: they will not take effect. Resolved events remain unchanged. */
    GivenUp giveUp(List<UUID> events, String givenReason, String who) {
        var reason = StorableText.of(givenReason);
        var givenUp = 0;
        var released = 0;
        for (var event : events) {
            var followers =
                    transaction.execute(status -> recovery.giveUp(event, reason).map(waiting -> {
                        jdbc.sql(DISCARD)
                                .param("consumer", consumer)
                                .param("id", event)
                                .update();
                        audit.record(
                                who, Audit.HOLDS_GIVEN_UP, new Condemned(event, reason), Map.of("released", waiting));
                        return waiting;
                    }));
            if (followers.isPresent()) {
                givenUp++;
                released += followers.get();
            }
        }
        return new GivenUp(givenUp, released);
    }
}
