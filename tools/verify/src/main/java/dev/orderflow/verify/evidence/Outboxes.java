package dev.orderflow.verify.evidence;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How far back the outboxes go, and which of them are being sent. */
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
     * Whether the service's outbox has all events of that time. Older ones are dropped, whole days (UTC) at once. An outbox of
     * which no day was ever told apart has all of them.
     */
    public boolean covers(Service service, Instant time) {
        return !time.isBefore(begins.getOrDefault(service, Instant.MIN));
    }

    boolean isRelayRunning(Service service) {
        return runningRelays.contains(service);
    }
}
