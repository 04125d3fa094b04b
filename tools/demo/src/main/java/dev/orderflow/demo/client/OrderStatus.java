package dev.orderflow.demo.client;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Statuses of an order. */
public enum OrderStatus {
    PLACED,
    RESERVED,
    PAID,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /** Statuses of an order that is paid or cancelled. */
    public static final Set<OrderStatus> SETTLED = Set.of(PAID, SHIPPED, DELIVERED, CANCELLED);

    /** Returns whether the order is paid, whatever became of its parcel since, or cancelled. */
    public boolean isSettled() {
        return SETTLED.contains(this);
    }

    /** Returns whether nothing more happens by itself. */
    public boolean isFinal() {
        return this == DELIVERED || this == CANCELLED;
    }

    /** {@return all statuses but this one} */
    Set<OrderStatus> others() {
        var others = EnumSet.copyOf(Arrays.asList(values()));
        others.remove(this);
        return others;
    }
}
