package dev.orderflow.inventory.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.inventory.problem.InvalidFieldException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The place in the list of products from which the next page is read: the last sku seen, opaque to clients. */
final class StockCursor {

    private StockCursor() {}

    static String after(String sku) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sku.getBytes(UTF_8));
    }

    /** @throws InvalidFieldException when no page was ever answered with that cursor */
    static String skuBefore(String cursor) {
        var sku = decode(cursor);
        if (!sku.matches(Sku.PATTERN)) {
            throw invalid(null);
        }
        return sku;
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private static InvalidFieldException invalid(@Nullable Throwable cause) {
        return new InvalidFieldException("invalid_cursor", "cursor", "must be the nextCursor of a page", cause);
    }
}
