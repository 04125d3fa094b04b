package dev.orderflow.demo.client;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Statuses of an order. */
public enum OrderStatus {
    PLACED,
    RESERVED,
    PAID,
    CANCELLED;

    /** Final statuses, in which nothing more happens by itself. */
    public static final Set<OrderStatus> FINAL = Set.of(PAID, CANCELLED);

    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** {@return all statuses but this one} */
    Set<OrderStatus> others() {
        var others = EnumSet.copyOf(Arrays.asList(values()));
        others.remove(this);
        return others;
    }
}
