package dev.orderflow.eventing;

import java.util.Set;

/**
 * Refuses changes by tenants that operators have switched off. With a bean of this type, an application lets operators switch
 * tenants at {@code /admin/tenants}. Must be thread-safe.
 */
public interface TenantSwitch {

    /** Replaces the tenants that are switched off. Called at the start, and whenever they are read again. */
    void switchOff(Set<String> tenants);

    /** Returns whether it refuses anything; false in an application that does not ask for tenants. */
    default boolean isOn() {
        return true;
    }
}
