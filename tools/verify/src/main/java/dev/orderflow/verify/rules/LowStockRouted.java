package dev.orderflow.verify.rules;

import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.stock.StockLow;
import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Service;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Checks that each time a product becomes low, the merchandiser is notified once. */
final class LowStockRouted implements Rule {

    private static final String LOW = Service.typeOf(StockLow.class);
    private static final String NOTICED = Service.typeOf(LowStockNoticed.class);

    @Override
    public String promise() {
        return "one notification per product that became low";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var low = new HashMap<String, Integer>();
        var noticed = new HashMap<String, Integer>();
        var events = evidence.events();
        for (var event = 0; event < events.size(); event++) {
            if (events.isOnTopic(event)) {
                count(events.type(event), LOW, events.key(event), low);
                count(events.type(event), NOTICED, events.key(event), noticed);
            }
        }
        noticed.forEach((sku, number) -> {
            var expected = low.getOrDefault(sku, 0);
            if (number > expected) {
                found.add(Finding.broken(
                        sku, String.format(Locale.ROOT, "%d notifications for %d events", number, expected)));
            }
        });
        low.forEach((sku, number) -> {
            if (noticed.getOrDefault(sku, 0) < number) {
                found.add(Finding.waiting(sku, "low stock is not notified", Service.NOTIFICATION));
            }
        });
        return new Outcome(low.values().stream().mapToLong(Integer::longValue).sum());
    }

    private static void count(String type, String wanted, String key, Map<String, Integer> counts) {
        if (type.equals(wanted)) {
            counts.merge(key, 1, Integer::sum);
        }
    }
}
