package dev.orderflow.eventing.deadletter;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; null when there is none
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * Makes a page of what a query for {@code limit + 1} rows found: the row too many only tells that there is more.
     *
     * @param position of an item, from which the next page continues
     */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> position) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, CursorToken.of(position.apply(items.getLast())));
    }
}
