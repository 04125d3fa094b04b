package dev.orderflow.verify.rules;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rule looked at, beside what it found.
 *
 * @param checked how many events, orders or products
 * @param totals  what else was added up, for {@link Rule#note}
 */
public record Outcome(long checked, Map<String, BigDecimal> totals) {

    Outcome(long checked) {
        this(checked, Map.of());
    }

    /** Both together. */
    public Outcome plus(Outcome other) {
        var sums = new TreeMap<>(totals);
        other.totals.forEach((name, sum) -> sums.merge(name, sum, BigDecimal::add));
        return new Outcome(checked + other.checked, sums);
    }
}
