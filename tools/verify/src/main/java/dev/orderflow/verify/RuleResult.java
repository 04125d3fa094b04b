package dev.orderflow.verify;

import dev.orderflow.verify.rules.Finding;
import java.util.List;

/**
 * Result of one rule.
 *
 * @param checked number of events, orders or products that were checked
 * @param inFlight findings that may still resolve
 * @param violations findings that will not
 * @param more findings beyond those that are listed
 * @param note additional information; may be empty
 */
public record RuleResult(
        String promise, long checked, List<Finding> inFlight, List<Finding> violations, More more, String note) {

    /** Numbers of findings beyond those that are listed. */
    public record More(long inFlight, long violations) {}

    /** {@return the number of findings in flight} */
    public long inFlightCount() {
        return inFlight.size() + more.inFlight();
    }

    /** {@return the number of violations} */
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
