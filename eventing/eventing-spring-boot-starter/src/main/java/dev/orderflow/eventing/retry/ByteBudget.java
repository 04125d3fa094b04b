package dev.orderflow.eventing.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Bounds what is in memory at once by its size, as a row may be as large as a record can be. */
public final class ByteBudget {

    private ByteBudget() {}

    /** The first of {@code items} that together have at most {@code budget} bytes; one of any size if there are any. */
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

    /** All of {@code items} in their order, in lists that fit into {@code budget}. */
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
