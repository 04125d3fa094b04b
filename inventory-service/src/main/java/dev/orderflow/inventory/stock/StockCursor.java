package dev.orderflow.inventory.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import java.util.Base64;

/**
 * The position in the list of products after which the next page begins: the last sku of the previous page, opaque to
 * clients.
 */
final class StockCursor {

    private StockCursor() {}

    static String after(String sku) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sku.getBytes(UTF_8));
    }

    /** @throws Refusal if no page returned that cursor */
    static String skuBefore(String cursor) {
        var sku = decode(cursor);
        if (!sku.matches(Sku.PATTERN)) {
            throw invalid();
        }
        return sku;
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Refusal invalid() {
        var violation = new Violation("cursor", "must be the nextCursor of a page");
        return Refusal.invalid("invalid_cursor", "cursor must be the nextCursor of a page", violation);
    }
}
