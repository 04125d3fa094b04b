package dev.orderflow.eventing.admin;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor the beginning of the next page; null if this is the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * Creates a page from the result of a query for {@code limit + 1} rows. The additional row only shows that there is another page.
     *
     * @param position returns the position of an item, from which the next page continues
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> position) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, CursorToken.of(position.apply(items.getLast())));
    }
}
