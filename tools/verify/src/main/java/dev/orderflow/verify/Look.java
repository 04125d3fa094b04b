package dev.orderflow.verify;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.InFlight;
import dev.orderflow.verify.rules.Findings;
import dev.orderflow.verify.rules.Outcome;
import dev.orderflow.verify.rules.Rule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All rules' findings at one moment, combined from the shares in which the evidence is read. Not thread-safe. */
final class Look {

    private final Map<Rule, Findings> found = new LinkedHashMap<>();
    private final Map<Rule, Outcome> outcomes = new LinkedHashMap<>();
    private long fingerprint;
    private @Nullable InFlight inFlight;

    /**
     * Begins a look.
     *
     * @param collector of a rule's findings
     */
    Look(Function<Rule, Findings> collector) {
        Rule.ALL.forEach(rule -> found.put(rule, collector.apply(rule)));
    }

    void add(Evidence evidence) {
        found.forEach((rule, findings) -> {
            findings.excusedBy(evidence.inFlight());
            outcomes.merge(rule, rule.check(evidence, findings), Outcome::plus);
        });
        fingerprint = 31 * fingerprint + evidence.fingerprint();
        inFlight = evidence.inFlight();
    }

    /** {@return the outcomes in the order of the rules} */
    Map<Rule, Outcome> outcomes() {
        return outcomes;
    }

    Findings found(Rule rule) {
        return Objects.requireNonNull(found.get(rule), rule.promise());
    }

    /** {@return the findings of all rules} */
    Collection<Findings> found() {
        return found.values();
    }

    /** Returns what was in flight in the last share; the set of running services is the same for all shares. */
    InFlight inFlight() {
        return Objects.requireNonNull(inFlight, "no evidence was read");
    }

    long fingerprint() {
        return fingerprint;
    }
}
