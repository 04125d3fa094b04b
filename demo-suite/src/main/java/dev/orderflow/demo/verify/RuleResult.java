package dev.orderflow.demo.verify;

import dev.orderflow.demo.verify.rules.Finding;
import java.util.List;

/**
 * How one rule came out.
 *
 * @param checked    how many events, orders or products were looked at
 * @param inFlight   what may still come right
 * @param violations what will not
 * @param note       what else is worth knowing; may be empty
 */
public record RuleResult(String promise, long checked, List<Finding> inFlight, List<Finding> violations, String note) {

    public Verdict verdict() {
        if (!violations.isEmpty()) {
            return Verdict.VIOLATED;
        }
        return inFlight.isEmpty() ? Verdict.OK : Verdict.IN_FLIGHT;
    }
}
