package dev.orderflow.inventory.stock;

import dev.orderflow.events.order.OrderLine;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quantities that an order takes: its lines added up per sku, each 1 or more.
 *
 * @param bySku not modifiable
 */
record Quantities(SortedMap<String, Integer> bySku) {

    /**
     * Stands for "more than can be counted". No reservation is ever granted for it, so that lines whose sum overflows are
     * rejected like any other order for which there is too little.
     */
    static final int UNCOUNTABLE = Integer.MAX_VALUE;

    Quantities {
        bySku = Collections.unmodifiableSortedMap(new TreeMap<>(bySku));
    }

    static Quantities of(Map<String, Integer> bySku) {
        return new Quantities(new TreeMap<>(bySku));
    }

    /** @throws IllegalArgumentException when there is no line, or one has a quantity below 1 */
    static Quantities ofLines(List<OrderLine> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an order has at least one line");
        }
        var sums = new TreeMap<String, Integer>();
        for (var line : lines) {
            if (line.quantity() < 1) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "quantity of sku %s is %d, must be at least 1", line.sku(), line.quantity()));
            }
            sums.merge(line.sku(), line.quantity(), Quantities::saturatedSum);
        }
        return new Quantities(sums);
    }

    private static int saturatedSum(int a, int b) {
        return (int) Math.min(UNCOUNTABLE, (long) a + b);
    }
}
