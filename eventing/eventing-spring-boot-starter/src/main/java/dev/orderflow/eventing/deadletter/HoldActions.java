package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.HoldRecovery.Recovery;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What operators can do about events that were taken in but have not had their effect. Each event has a transaction of its own,
 * with its audit record. Of a request that fails half-way what is done stays done; it can be repeated.
 */
public class HoldActions {

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

    public HoldActions(
            JdbcClient jdbc, String consumer, TransactionOperations transaction, HoldRecovery recovery, Audit audit) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.transaction = transaction;
        this.recovery = recovery;
        this.audit = audit;
    }

    /**
     * @param resent    records that were sent again
     * @param parked    events that wait in the database now, behind a dead letter of their key
     * @param dead      events that are dead letters now, as their content is gone
     * @param unchanged events that are resolved, or wait in the database already
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
     * @param givenUp  events, which are discarded dead letters now
     * @param released events that waited behind them
     */
    record GivenUp(int givenUp, int released) {}

    private record Target(UUID event) {}

    private record Condemned(UUID event, String reason) {}

    /** Sends the records of events again that wait on a retry topic. Harmless if they are there: one of them is a copy then. */
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

    /** Gives events up, whatever they wait for: they will have no effect. Those that are resolved are left alone. */
    GivenUp giveUp(List<UUID> events, String reason, String who) {
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
