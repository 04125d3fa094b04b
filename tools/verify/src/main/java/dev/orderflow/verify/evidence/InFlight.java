package dev.orderflow.verify.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Excuses for an unfinished order: its events that are not yet sent, consumed or retried; dead events, which have a
 * finding of their own; and events that an operator discarded.
 */
public final class InFlight {

    private final Map<String, Service> waitingFor = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Set<String> givenUp = new HashSet<>();
    private final Set<Service> running;

    private InFlight(Set<Service> running) {
        this.running = running;
    }

    /** Returns an instance with nothing in flight among these services. */
    public static InFlight nothing(Set<Service> running) {
        return new InFlight(running);
    }

    static InFlight of(EventLedger events, ConsumerGroups groups, Outboxes outboxes, Diversions diversions) {
        var running = new HashSet<>(groups.running());
        var inFlight = new InFlight(running);
        for (var service : Service.values()) {
            if (outboxes.isRelayRunning(service)) {
                running.add(service);
            }
        }
        inFlight.addTravelling(events, groups);
        diversions.holds().forEach(inFlight::add);
        diversions.letters().forEach(inFlight::add);
        return inFlight;
    }

    /** Returns the service whose progress the order waits for, or null when nothing of it is in flight. */
    public @Nullable Service waitsFor(String key) {
        return waitingFor.get(key);
    }

    /** Returns whether an event of the order is dead or waits behind a dead one, so that it needs an operator. */
    public boolean isDead(String key) {
        return dead.contains(key);
    }

    /** Returns whether an event of the order was discarded, so that the order is not expected to end. */
    public boolean isGivenUp(String key) {
        return givenUp.contains(key);
    }

    /** Returns whether the service is running and can make progress. */
    public boolean isRunning(Service service) {
        return running.contains(service);
    }

    private void addTravelling(EventLedger events, ConsumerGroups groups) {
        var subscribers = new HashMap<String, Set<Service>>();
        for (var event = 0; event < events.size(); event++) {
            if (events.isRecorded(event) && !events.isSent(event)) {
                waitingFor.putIfAbsent(events.key(event), events.recordedBy(event));
            } else if (events.isOnTopic(event)) {
                for (var service : subscribers.computeIfAbsent(events.type(event), Service::subscribersOf)) {
                    if (!events.isTakenIn(event, service) && !groups.isPast(service, events, event)) {
                        waitingFor.putIfAbsent(events.key(event), service);
                    }
                }
            }
        }
    }

    private void add(Hold hold) {
        switch (hold.state()) {
            case RETRYING, HELD -> waitingFor.putIfAbsent(hold.key(), hold.service());
            case PARKED, DEAD -> dead.add(hold.key());
        }
    }

    private void add(Letter letter) {
        switch (letter.state()) {
            case QUEUED, REPLAYING -> waitingFor.putIfAbsent(letter.subject(), letter.service());
            case DEAD -> dead.add(letter.subject());
            case DISCARDED -> givenUp.add(letter.subject());
            case REPLAYED -> {}
        }
    }
}
