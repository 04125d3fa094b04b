package dev.orderflow.order.ordering;

import dev.orderflow.events.Money;
import dev.orderflow.events.stock.Shortage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what other services answer with the order that they answer about. */
final class AnswerCheck {

    private AnswerCheck() {}

    /** @throws AnswerMismatchException unless the amounts are equal */
    static void amount(Money total, Money amount) {
        if (!total.equals(amount)) {
            throw new AnswerMismatchException(
                    "amount", "the order's total is " + shown(total) + ", but the answer is about " + shown(amount));
        }
    }

    /** @throws AnswerMismatchException unless each shortage is about a product and quantity of {@code lines} */
    static void shortages(List<PricedLine> lines, List<Shortage> shortages) {
        for (var shortage : shortages) {
            var ordered = lines.stream()
                    .filter(line -> line.sku().equals(shortage.sku()))
                    .mapToLong(PricedLine::quantity)
                    .sum();
            // Quantities beyond the range of int are reported as its largest value.
            if (ordered == 0 || Math.min(ordered, Integer.MAX_VALUE) != shortage.wanted()) {
                throw new AnswerMismatchException(
                        "shortage",
                        "the order has " + ordered + " units of " + shortage.sku() + ", not " + shortage.wanted());
            }
        }
    }

    /** @throws AnswerMismatchException if {@code known} is another shipment; any is right before one is known */
    static void shipment(@Nullable String known, String shipment) {
        if (known != null && !known.equals(shipment)) {
            throw new AnswerMismatchException("shipment", "the order's shipment is " + known + ", not " + shipment);
        }
    }

    private static String shown(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }
}
