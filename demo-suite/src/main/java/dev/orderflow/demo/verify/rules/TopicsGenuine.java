package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.EventLedger;
import dev.orderflow.demo.verify.evidence.Evidence;
import dev.orderflow.demo.verify.evidence.Service;
import java.util.ArrayList;
import java.util.stream.Stream;

/** Nothing is on a topic that no service has committed, and what is there says what the outbox says. */
final class TopicsGenuine implements Rule {

    @Override
    public String promise() {
        return "every event on a topic comes from an outbox";
    }

    @Override
    public Outcome check(Evidence evidence) {
        var events = evidence.events();
        var found = new ArrayList<Finding>();
        var checked = 0L;
        for (var event = 0; event < events.size(); event++) {
            if (events.wasOnTopicBefore(event)) {
                checked++;
                if (events.differs(event)) {
                    found.add(Finding.broken(
                            events.key(event), where(events, event) + " is not what its outbox row says"));
                } else if (!events.isRecorded(event) && isRemembered(evidence, event)) {
                    found.add(Finding.broken(events.key(event), where(events, event) + " is in no outbox"));
                }
            }
        }
        for (var stranger : evidence.strangers()) {
            found.add(Finding.broken(stranger, "the record there is no event"));
        }
        return new Outcome(checked + evidence.strangers().size(), found);
    }

    private static String where(EventLedger events, int event) {
        return events.name(event) + " on " + events.topic(event);
    }

    /** Outboxes are kept for a shorter time than topics. */
    private static boolean isRemembered(Evidence evidence, int event) {
        var time = evidence.events().time(event);
        return Stream.of(Service.values())
                .allMatch(service -> evidence.outboxes().covers(service, time));
    }
}
