package dev.orderflow.eventing.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Limits the bytes that are in memory at once. A single row may be as large as the largest record. */
public final class ByteBudget {

    private ByteBudget() {}

    /**
     * Returns the longest prefix of {@code items} with at most {@code budget} bytes in total. The first item is included
     * regardless of its size.
     */
    public static <T> List<T> fitting(List<T> items, ToLongFunction<T> bytes, long budget) {
        var total = 0L;
        var count = 0;
        while (count < items.size()) {
            total += bytes.applyAsLong(items.get(count));
            if (count > 0 && total > budget) {
                break;
            }
            count++;
        }
        return items.subList(0, count);
    }

    /** Returns all of {@code items} in their order, in lists that each fit into {@code budget}. */
    static <T> List<List<T>> slices(List<T> items, ToLongFunction<T> bytes, long budget) {
        var slices = new ArrayList<List<T>>();
        var rest = items;
        while (!rest.isEmpty()) {
            var slice = fitting(rest, bytes, budget);
            slices.add(slice);
            rest = rest.subList(slice.size(), rest.size());
        }
        return slices;
    }
}
