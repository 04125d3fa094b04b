package dev.orderflow.verify.evidence;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Retained period of each outbox, and the services whose relays are running. */
public final class Outboxes {

    private final Map<Service, Instant> begins = new EnumMap<>(Service.class);
    private final Set<Service> runningRelays = EnumSet.noneOf(Service.class);

    void begins(Service service, Instant oldestDay) {
        begins.put(service, oldestDay);
    }

    void relayRuns(Service service) {
        runningRelays.add(service);
    }

    /**
     * Returns whether the service's outbox has all events of that time. Older ones are dropped in whole days (UTC). An
     * outbox whose table has no daily partition yet has all of them.
     */
    public boolean covers(Service service, Instant time) {
        return !time.isBefore(begins.getOrDefault(service, Instant.MIN));
    }

    boolean isRelayRunning(Service service) {
        return runningRelays.contains(service);
    }
}
