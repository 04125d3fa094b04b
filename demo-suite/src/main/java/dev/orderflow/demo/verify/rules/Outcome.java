package dev.orderflow.demo.verify.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rule found.
 *
 * @param checked    how many events, orders or products were looked at
 * @param findings   the first of each kind
 * @param moreBroken how many more are broken
 * @param moreOpen   how many more may still come right
 * @param totals     what else was added up, for {@link Rule#note}
 */
public record Outcome(
        long checked, List<Finding> findings, long moreBroken, long moreOpen, Map<String, BigDecimal> totals) {

    Outcome(long checked, Findings found) {
        this(checked, found, Map.of());
    }

    Outcome(long checked, Findings found, Map<String, BigDecimal> totals) {
        this(checked, found.all(), found.moreBroken(), found.moreOpen(), totals);
    }

    /** Both together. */
    public Outcome plus(Outcome other) {
        var both = new Findings();
        findings.forEach(both::add);
        other.findings.forEach(both::add);
        var sums = new TreeMap<>(totals);
        other.totals.forEach((name, sum) -> sums.merge(name, sum, BigDecimal::add));
        return new Outcome(
                checked + other.checked,
                both.all(),
                moreBroken + other.moreBroken + both.moreBroken(),
                moreOpen + other.moreOpen + both.moreOpen(),
                sums);
    }
}
