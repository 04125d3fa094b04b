package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.process.Part;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Active fault.
 *
 * @param description its effect, for people
 */
public record Fault(Part part, String id, String description) {

    /** Fault as a service returns it. */
    record OfHandler(
            String id,
            @Nullable String handler,
            String key,
            @Nullable BigDecimal share,
            @Nullable Integer remaining,
            String exception) {

        String description() {
            return String.format(
                    Locale.ROOT,
                    "%s fails for %s%s, %s",
                    handler == null ? "every handler" : handler,
                    orders(),
                    exception.equals("PERMANENT") ? " with a permanent error" : "",
                    times(remaining));
        }

        private String orders() {
            if (!key.equals("*")) {
                return "order " + key;
            }
            return share == null ? "all orders" : percent(share) + " % of all orders";
        }
    }

    /** Fault as the sandbox returns it. */
    record OfProvider(
            String id,
            String action,
            @Nullable Integer remaining,
            @Nullable String card,
            @Nullable String orderId) {

        String description() {
            return String.format(
                    Locale.ROOT,
                    "the provider %s %s%s, %s",
                    switch (action) {
                        case "DECLINE" -> "declines";
                        case "FAIL" -> "responds 503 to";
                        case "HANG" -> "does not respond to";
                        default -> action;
                    },
                    orderId == null ? "all charges" : "charges of order " + orderId,
                    card == null ? "" : " with " + card,
                    times(remaining));
        }
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static String times(@Nullable Integer remaining) {
        if (remaining == null) {
            return "until it is cleared";
        }
        return remaining == 1 ? "once more" : remaining + " more times";
    }
}
