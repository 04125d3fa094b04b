package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.EventLedger;
import dev.orderflow.verify.evidence.Evidence;
import java.time.Duration;

/**
 * Checks that every committed state change is published. Rows marked as sent must also be on the topic, unless the
 * topic's retention has removed them.
 */
final class OutboxesSent implements Rule {

    /** Tolerance for events of one partition that are slightly out of order by time. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @Override
    public String promise() {
        return "every outbox row is published";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var events = evidence.events();
        var checked = 0L;
        for (var event = 0; event < events.size(); event++) {
            if (events.isRecorded(event)) {
                checked++;
                if (!events.isSent(event)) {
                    found.add(Finding.waiting(
                            events.key(event), events.name(event) + " is not sent", events.recordedBy(event)));
                } else if (!events.isOnTopic(event) && !isRemoved(evidence, events, event)) {
                    found.add(Finding.broken(
                            events.key(event),
                            events.name(event) + " is marked as sent but is not on " + events.topic(event)));
                }
            }
        }
        return new Outcome(checked);
    }

    private static boolean isRemoved(Evidence evidence, EventLedger events, int event) {
        var removedUpTo = evidence.removedUpTo(events.topic(event), events.key(event));
        return removedUpTo != null && events.time(event).minus(TOLERANCE).isBefore(removedUpTo);
    }
}
