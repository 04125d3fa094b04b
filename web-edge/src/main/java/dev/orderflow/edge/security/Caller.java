package dev.orderflow.edge.security;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.PersonalData;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The party that sends a request, as its access token says. Belongs to one thread, between {@link #open} and the end of
 * the scope; {@link AccessControl#caller} returns it.
 *
 * @param tenant  id of the tenant in whose data alone the caller acts
 * @param subject a customer's id, or the name of a client or member of staff; empty without security
 * @param scopes  operations that the caller may use
 * @param address the subject's e-mail address, which the issuer has verified; null if it names none
 */
public record Caller(
        String tenant,

        @PersonalData(value = "caller, from its token", kept = "a minute, in memory", erased = "not stored")
        String subject,

        Set<String> scopes,

        @PersonalData(value = "caller, from its token", kept = "a minute, in memory", erased = "not stored") @Nullable
        String address)
        implements Serializable {

    /** Scope of callers that act for any customer of their tenant. */
    public static final String FOR_ANY_CUSTOMER = "orders:tenant";

    /** The tenant of a service without security, and of orders that were placed before there were tenants. */
    public static final String ONLY_TENANT = "demo";

    /** Everybody, in a service without security. */
    static final Caller ANYBODY = new Caller(ONLY_TENANT, "", Set.of(FOR_ANY_CUSTOMER), null);

    /** The same as that of the lines about events. */
    private static final String LOG_FIELD = "tenantId";

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Returns the caller of this thread; null if there is none. */
    static @Nullable Caller current() {
        return CURRENT.get();
    }

    /** Returns whether the caller may name the customer for whom it acts. */
    public boolean actsForAnyCustomer() {
        return scopes.contains(FOR_ANY_CUSTOMER);
    }

    /** Gives the caller to this thread until the scope is closed: what the thread publishes and logs belongs to its tenant. */
    public EventContext.Scope open() {
        var outer = CURRENT.get();
        // Without security, events have no tenant.
        var events =
                EventContext.current().inTenant(this == ANYBODY ? null : tenant).open();
        set(this);
        return () -> {
            events.close();
            set(outer);
        };
    }

    private static void set(@Nullable Caller caller) {
        if (caller == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(caller);
        }
        if (caller == null || caller == ANYBODY) {
            MDC.remove(LOG_FIELD);
        } else {
            MDC.put(LOG_FIELD, caller.tenant);
        }
    }
}
