package dev.orderflow.order.ordering;

import dev.orderflow.events.stock.Shortage;
import java.util.List;

/** Compares the shortages that the warehouse reports with the lines of their order. */
final class ShortageCheck {

    private ShortageCheck() {}

    /** @throws AnswerMismatchException unless each shortage is about a product and quantity of {@code lines} */
    static void check(List<PricedLine> lines, List<Shortage> shortages) {
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
}
