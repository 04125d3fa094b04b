package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.EventLedger;
import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Place;
import dev.orderflow.verify.evidence.Service;

/**
 * Checks that topics contain only what a service has committed, with the same data as in the outbox. Records that all
 * groups have recognized as foreign are excepted.
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
                            where(events, event)
                                    + " is in no outbox: a failover has lost it, or it was never committed"));
                }
            }
        }
        evidence.strangers().forEach(stranger -> checkSetAside(stranger, evidence, found));
        return new Outcome(checked + evidence.strangers().size());
    }

    /**
     * Checks that each group that reads the topic has moved the foreign record to its dead letters, where it is
     * harmless.
     */
    private static void checkSetAside(Place stranger, Evidence evidence, Findings found) {
        var keepers = evidence.diversions().keepersOf(stranger);
        for (var service : Service.values()) {
            if (service.reads(stranger.topic()) && !keepers.contains(service)) {
                found.add(
                        evidence.isPast(service, stranger)
                                ? Finding.broken(
                                        stranger.toString(),
                                        "the record is not an event and is missing in the dead letters of "
                                                + service.group())
                                : Finding.waiting(
                                        stranger.toString(),
                                        "the record is not an event; " + service.group() + " has yet to consume it",
                                        service));
            }
        }
    }

    private static String where(EventLedger events, int event) {
        return events.name(event) + " on " + events.topic(event);
    }

    /**
     * Returns whether the outbox still covers that time. Outboxes are retained for a shorter time than topics. Only the
     * outbox of the topic's owner can have had the event.
     */
    private static boolean isRemembered(Evidence evidence, int event) {
        var events = evidence.events();
        return Service.ownerOf(events.topic(event))
                .map(owner -> evidence.outboxes().covers(owner, events.time(event)))
                .orElse(true);
    }
}
