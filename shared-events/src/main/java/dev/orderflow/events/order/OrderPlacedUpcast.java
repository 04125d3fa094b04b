package dev.orderflow.events.order;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts data of {@code order.placed.v1} to version 2: the unit price of each line becomes its list price and net price, with a
 * discount of zero. Needs Jackson, which every consumer has at run time.
 */
public final class OrderPlacedUpcast implements UnaryOperator<ObjectNode> {

    public static final String FROM = "dev.orderflow.order.placed.v1";
    public static final String TO = "dev.orderflow.order.placed.v2";

    @Override
    public ObjectNode apply(ObjectNode placed) {
        for (var line : placed.get("lines").values()) {
            split((ObjectNode) line);
        }
        return placed;
    }

    private static void split(ObjectNode line) {
        var price = (ObjectNode) line.remove("unitPrice");
        line.set("listPrice", price);
        line.set("discount", price.deepCopy().put("amount", zeroLike(price)));
        line.set("netPrice", price.deepCopy());
    }

    /** Returns zero with the decimals of the price, which are those of its currency. */
    private static String zeroLike(ObjectNode price) {
        var amount = new BigDecimal(price.get("amount").stringValue());
        return amount.subtract(amount).toPlainString();
    }
}
