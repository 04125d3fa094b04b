package dev.orderflow.demo.client;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** How far an order has come. */
public enum OrderStatus {
    PLACED,
    RESERVED,
    PAID,
    CANCELLED;

    /** Those in which nothing more happens by itself. */
    public static final Set<OrderStatus> FINAL = Set.of(PAID, CANCELLED);

    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** All statuses but this one. */
    Set<OrderStatus> others() {
        var others = EnumSet.copyOf(Arrays.asList(values()));
        others.remove(this);
        return others;
    }
}
