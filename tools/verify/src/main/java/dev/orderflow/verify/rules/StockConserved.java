package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Reservations.Stock;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that no unit appears or vanishes: all units put into stock are available, reserved for an order, or sold to
 * one.
 */
final class StockConserved implements Rule {

    private static final String UNITS = "units";

    @Override
    public String promise() {
        return "stock is conserved";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var stock = evidence.reservations().stock();
        for (var item : stock) {
            var message = judge(item);
            if (!message.isEmpty()) {
                found.broken("sku " + item.sku(), "not conserved", message);
            }
        }
        var units = stock.stream().mapToLong(Stock::adjusted).sum();
        return new Outcome(stock.size(), Map.of(UNITS, BigDecimal.valueOf(units)));
    }

    @Override
    public String note(Map<String, BigDecimal> totals) {
        var units = totals.getOrDefault(UNITS, BigDecimal.ZERO);
        return String.format(Locale.ROOT, "%,d units", units.longValue());
    }

    private static String judge(Stock item) {
        if (item.available() + item.reserved() + item.sold() != item.adjusted()) {
            return String.format(
                    Locale.ROOT,
                    "%d put in, but %d available + %d reserved + %d sold",
                    item.adjusted(),
                    item.available(),
                    item.reserved(),
                    item.sold());
        }
        if (item.reserved() != item.reservedByOrders()) {
            return String.format(
                    Locale.ROOT, "%d reserved, but orders have reserved %d", item.reserved(), item.reservedByOrders());
        }
        if (item.sold() != item.soldByOrders()) {
            return String.format(Locale.ROOT, "%d sold, but orders have bought %d", item.sold(), item.soldByOrders());
        }
        return "";
    }
}
