package dev.orderflow.verify.rules;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Extent of a rule's check, apart from its findings.
 *
 * @param checked number of events, orders or products
 * @param totals other sums, for {@link Rule#note}
 */
public record Outcome(long checked, Map<String, BigDecimal> totals) {

    Outcome(long checked) {
        this(checked, Map.of());
    }

    /** Returns the sum of both. */
    public Outcome plus(Outcome other) {
        var sums = new TreeMap<>(totals);
        other.totals.forEach((name, sum) -> sums.merge(name, sum, BigDecimal::add));
        return new Outcome(checked + other.checked, sums);
    }
}
