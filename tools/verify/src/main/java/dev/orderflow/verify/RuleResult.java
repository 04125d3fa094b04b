package dev.orderflow.verify;

import dev.orderflow.verify.rules.Finding;
import java.util.List;

/**
 * How one rule came out.
 *
 * @param checked    how many events, orders or products were looked at
 * @param inFlight   what may still come right
 * @param violations what will not
 * @param more       findings beyond those that are listed
 * @param note       what else is worth knowing; may be empty
 */
public record RuleResult(
        String promise, long checked, List<Finding> inFlight, List<Finding> violations, More more, String note) {

    /** How many there are beyond those that are listed. */
    public record More(long inFlight, long violations) {}

    /** How many findings are in flight. */
    public long inFlightCount() {
        return inFlight.size() + more.inFlight();
    }

    /** How many findings are violations. */
    public long violationCount() {
        return violations.size() + more.violations();
    }

    public Verdict verdict() {
        if (violationCount() > 0) {
            return Verdict.VIOLATED;
        }
        return inFlightCount() == 0 ? Verdict.OK : Verdict.IN_FLIGHT;
    }
}
