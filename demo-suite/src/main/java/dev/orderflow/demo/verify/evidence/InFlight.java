package dev.orderflow.demo.verify.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events that somebody still has to send or to take in, by key. What else is not as it should be has no such excuse. */
public final class InFlight {

    private final Map<String, Service> waitingFor = new HashMap<>();
    private final Set<Service> running;

    private InFlight(Set<Service> running) {
        this.running = running;
    }

    /** Nothing is in flight among these services. */
    public static InFlight nothing(Set<Service> running) {
        return new InFlight(running);
    }

    static InFlight of(EventLedger events, ConsumerGroups groups, Outboxes outboxes) {
        var running = new HashSet<>(groups.running());
        var inFlight = new InFlight(running);
        for (var service : Service.values()) {
            if (outboxes.isRelayRunning(service)) {
                running.add(service);
            }
        }
        var subscribers = new HashMap<String, Set<Service>>();
        for (var event = 0; event < events.size(); event++) {
            if (events.isRecorded(event) && !events.isSent(event)) {
                inFlight.waitingFor.putIfAbsent(events.key(event), events.recordedBy(event));
            } else if (events.isOnTopic(event)) {
                for (var service : subscribers.computeIfAbsent(events.type(event), Service::subscribersOf)) {
                    if (!events.isTakenIn(event, service) && !groups.isPast(service, events, event)) {
                        inFlight.waitingFor.putIfAbsent(events.key(event), service);
                    }
                }
            }
        }
        return inFlight;
    }

    /** The service that has to go on with the order, or null when nothing of it is in flight. */
    public @Nullable Service waitsFor(String key) {
        return waitingFor.get(key);
    }

    /** Whether the service is there to do so. */
    public boolean isRunning(Service service) {
        return running.contains(service);
    }
}
