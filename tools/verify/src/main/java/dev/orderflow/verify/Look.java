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

/** What all rules find at one moment, put together from the shares in which the evidence is read. Not thread-safe. */
final class Look {

    private final Map<Rule, Findings> found = new LinkedHashMap<>();
    private final Map<Rule, Outcome> outcomes = new LinkedHashMap<>();
    private long fingerprint;
    private @Nullable InFlight inFlight;

    /** @param collector of what a rule finds */
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

    /** In the order of the rules. */
    Map<Rule, Outcome> outcomes() {
        return outcomes;
    }

    Findings found(Rule rule) {
        return Objects.requireNonNull(found.get(rule), rule.promise());
    }

    /** Of all rules. */
    Collection<Findings> found() {
        return found.values();
    }

    /** Of the last share; which services run is the same for all. */
    InFlight inFlight() {
        return Objects.requireNonNull(inFlight, "nothing was looked at");
    }

    long fingerprint() {
        return fingerprint;
    }
}
