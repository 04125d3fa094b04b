package dev.orderflow.demo.verify.rules;

import java.util.List;

/**
 * What a rule found.
 *
 * @param checked how many events, orders or products were looked at
 * @param note    what else is worth knowing; may be empty
 */
public record Outcome(long checked, List<Finding> findings, String note) {

    Outcome(long checked, List<Finding> findings) {
        this(checked, findings, "");
    }
}
