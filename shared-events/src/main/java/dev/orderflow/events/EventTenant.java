package dev.orderflow.events;

import dev.orderflow.eventing.EventContext;
import java.util.regex.Pattern;

/**
 * The tenant of the event that this thread handles, which must be that of the aggregate that the event is about.
 * <p>
 * An event without a tenant belongs to {@link #DEFAULT}: those of a suite without access tokens have none, nor have those
 * from before there were tenants, and those of some foreign publishers.
 */
public final class EventTenant {

    /** The tenant of events without one, and of rows from before there were tenants. */
    public static final String DEFAULT = "demo";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private EventTenant() {}

    /**
     * Returns the tenant of the event.
     *
     * @throws OtherTenantException if the event names none that could exist
     */
    public static String current() {
        var tenant = EventContext.current().tenantId();
        if (tenant == null) {
            return DEFAULT;
        }
        if (!ID.matcher(tenant).matches()) {
            throw new OtherTenantException("the event's tenant is no tenant's id");
        }
        return tenant;
    }

    /**
     * Checks that the event is of the same tenant as its aggregate.
     *
     * @param tenant the aggregate's
     * @throws OtherTenantException if it is not
     */
    public static void require(String tenant) {
        if (!current().equals(tenant)) {
            throw mismatch();
        }
    }

    /** Returns the failure of an event whose aggregate is another tenant's. */
    public static OtherTenantException mismatch() {
        return new OtherTenantException(
                "the event is one of tenant " + current() + ", but about what another tenant has");
    }
}
