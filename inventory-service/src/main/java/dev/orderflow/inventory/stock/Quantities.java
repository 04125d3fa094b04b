package dev.orderflow.inventory.stock;

import dev.orderflow.events.order.PricedOrderLine;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quantities that an order needs: its lines summed per sku, each 1 or more.
 *
 * @param bySku not modifiable
 */
record Quantities(SortedMap<String, Integer> bySku) {

    /**
     * Marks a quantity beyond the range of int. It is never reserved, so lines whose sum overflows are rejected like
     * any other order without enough stock.
     */
    static final int UNCOUNTABLE = Integer.MAX_VALUE;

    Quantities {
        bySku = Collections.unmodifiableSortedMap(new TreeMap<>(bySku));
    }

    static Quantities of(Map<String, Integer> bySku) {
        return new Quantities(new TreeMap<>(bySku));
    }

    /** @throws IllegalArgumentException if there is no line, or a quantity is below 1 */
    static Quantities ofLines(List<PricedOrderLine> lines) {
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
