package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.EventLedger;
import dev.orderflow.verify.evidence.Evidence;
import java.time.Duration;

/**
 * Every committed state change is published. A relay's word is not taken for it: what it says it has sent must be on the
 * topic, unless the topic's retention has removed it.
 */
final class OutboxesSent implements Rule {

    /** Events of one partition may stand a little out of the order of their times. */
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
                            events.name(event) + " counts as sent but is not on " + events.topic(event)));
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
