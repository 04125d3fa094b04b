package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.EventLedger;
import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Place;
import dev.orderflow.verify.evidence.Service;

/**
 * Nothing is on a topic that no service has committed, except for what all groups have recognized as such, and what is there
 * says what the outbox says.
 */
final class TopicsGenuine implements Rule {

    @Override
    public String promise() {
        return "every event on a topic comes from an outbox";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var events = evidence.events();
        var checked = 0L;
        for (var event = 0; event < events.size(); event++) {
            if (events.wasOnTopicBefore(event)) {
                checked++;
                if (events.differs(event)) {
                    found.add(Finding.broken(
                            events.key(event), where(events, event) + " is not what its outbox row says"));
                } else if (!events.isRecorded(event) && isRemembered(evidence, event)) {
                    found.add(Finding.broken(
                            events.key(event),
                            where(events, event) + " is in no outbox: a failover has lost it, or nobody committed it"));
                }
            }
        }
        evidence.strangers().forEach(stranger -> checkSetAside(stranger, evidence, found));
        return new Outcome(checked + evidence.strangers().size());
    }

    /** A record that is no event harms nobody once each group that reads it has put it to its dead letters. */
    private static void checkSetAside(Place stranger, Evidence evidence, Findings found) {
        var keepers = evidence.diversions().keepersOf(stranger);
        for (var service : Service.values()) {
            if (service.reads(stranger.topic()) && !keepers.contains(service)) {
                found.add(
                        evidence.isPast(service, stranger)
                                ? Finding.broken(
                                        stranger.toString(),
                                        "the record there is no event, and no dead letter of " + service.group())
                                : Finding.waiting(
                                        stranger.toString(),
                                        "the record there is no event; " + service.group() + " has yet to come to it",
                                        service));
            }
        }
    }

    private static String where(EventLedger events, int event) {
        return events.name(event) + " on " + events.topic(event);
    }

    /** Outboxes are kept for a shorter time than topics. Only that of the topic's owner can have had it. */
    private static boolean isRemembered(Evidence evidence, int event) {
        var events = evidence.events();
        return Service.ownerOf(events.topic(event))
                .map(owner -> evidence.outboxes().covers(owner, events.time(event)))
                .orElse(true);
    }
}
