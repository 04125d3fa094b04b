package dev.orderflow.edge.paging;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
@Schema(description = "One page of a list. It may be shorter than requested; only a null nextCursor marks the end.")
public record Page<T>(
        List<T> items,

        @Schema(
                description = "Pass it as `cursor` to get the next page; null on the last page. Opaque.",
                nullable = true)
        @Nullable
        String nextCursor) {

    /**
     * Makes a page of the rows that a query for {@code limit + 1} has found: the last row only shows that there is
     * another page.
     *
     * @param cursor returns the position of an item, after which the next page begins
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()));
    }
}
