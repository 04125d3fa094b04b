package dev.orderflow.edge.tenant;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.TenantSwitch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits and switches of tenants, for requests over HTTP and calls over gRPC alike. They bound what all clients of a tenant
 * do together, in this instance; other limits bound a client. Thread-safe.
 */
public final class TenantLimits {

    /** Pattern of the names of tenants. */
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /** Code of the refusal of a change by a tenant that is switched off. */
    public static final String SWITCHED_OFF = "tenant_switched_off";

    /** Tenants whose rates are in memory. Only the issuer names tenants, so they are few. */
    private static final int MOST = 1_000;

    private static final String OTHERS = "other";

    private final @Nullable TenantProperties properties;
    private final @Nullable MeterRegistry meters;
    private final @Nullable RequestRates rates;
    private volatile Set<String> switchedOff = Set.of();

    private TenantLimits(
            @Nullable TenantProperties properties, @Nullable MeterRegistry meters, @Nullable RequestRates rates) {
        this.properties = properties;
        this.meters = meters;
        this.rates = rates;
    }

    static TenantLimits of(TenantProperties properties, MeterRegistry meters, LongSupplier nanoTime) {
        var rates = new RequestRates(
                MOST, properties::requestsPerSecond, properties.others().requestsPerSecond(), nanoTime);
        return new TenantLimits(properties, meters, rates);
    }

    /** Creates those that refuse nothing. */
    public static TenantLimits none() {
        return new TenantLimits(null, null, null);
    }

    /**
     * Returns if the tenant may send this request now, and counts it.
     *
     * @param changes whether the request is refused while the tenant is switched off
     * @throws Refusal if the tenant is switched off, or sends too many requests
     */
    public void admit(String tenant, boolean changes) {
        if (properties == null || rates == null) {
            return;
        }
        if (!rates.acquire(tenant)) {
            count(tenant, "requests");
            throw Refusal.overloaded("The tenant sends too many requests. Nothing was done for this one.");
        }
        if (changes && isOff(properties, tenant)) {
            count(tenant, "switch");
            throw Refusal.forbidden(
                    SWITCHED_OFF,
                    "The tenant is switched off: it may read, and what it has begun is completed. Nothing was changed.");
        }
    }

    /**
     * Returns if one more request of the tenant may wait.
     *
     * @param waiting number of its requests that wait, with this one
     * @throws Refusal if that are too many
     */
    public void requireRoom(String tenant, int waiting) {
        if (properties != null && waiting > properties.waiting(tenant)) {
            count(tenant, "waiting");
            throw Refusal.overloaded("Too many of the tenant's requests wait. Ask again without await, or later.");
        }
    }

    /**
     * Returns if the tenant may begin one more unit of work.
     *
     * @param inFlight number of its units that are not completed, in all instances, with this one
     * @throws Refusal if that are too many
     */
    public void requireInFlight(String tenant, int inFlight) {
        if (properties != null && inFlight > properties.inFlight(tenant)) {
            count(tenant, "in-flight");
            throw Refusal.overloaded(
                    "Too much of the tenant's work is in progress. Nothing was done for this request.");
        }
    }

    /** Returns the switch, beside that by configuration, for a service in which tenants change anything. */
    public TenantSwitch asSwitch() {
        return new TenantSwitch() {
            @Override
            public void switchOff(Set<String> tenants) {
                switchedOff = Set.copyOf(tenants);
            }

            @Override
            public boolean isOn() {
                return properties != null;
            }
        };
    }

    private boolean isOff(TenantProperties configured, String tenant) {
        return !configured.isEnabled(tenant) || switchedOff.contains(tenant);
    }

    /** Counts a refusal; tenants that are not named share a counter, so that their number does not matter. */
    private void count(String tenant, String limit) {
        if (meters != null && properties != null) {
            Counter.builder("edge.tenants.refused")
                    .description("Requests that the limits or the switch of a tenant have refused")
                    .tag("tenant", properties.find(tenant) != null ? tenant : OTHERS)
                    .tag("limit", limit)
                    .register(meters)
                    .increment();
        }
    }
}
