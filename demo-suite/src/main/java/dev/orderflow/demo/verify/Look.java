package dev.orderflow.demo.verify;

import dev.orderflow.demo.verify.evidence.Evidence;
import dev.orderflow.demo.verify.evidence.InFlight;
import dev.orderflow.demo.verify.rules.Outcome;
import dev.orderflow.demo.verify.rules.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all rules find at one moment, put together from the shares in which the evidence is read. Not thread-safe. */
final class Look {

    private final Map<Rule, Outcome> outcomes = new LinkedHashMap<>();
    private long fingerprint;
    private @Nullable InFlight inFlight;

    void add(Evidence evidence) {
        Rule.ALL.forEach(rule -> outcomes.merge(rule, rule.check(evidence), Outcome::plus));
        fingerprint = 31 * fingerprint + evidence.fingerprint();
        inFlight = evidence.inFlight();
    }

    /** In the order of the rules. */
    Map<Rule, Outcome> outcomes() {
        return outcomes;
    }

    /** Of the last share; which services run is the same for all. */
    InFlight inFlight() {
        return Objects.requireNonNull(inFlight, "nothing was looked at");
    }

    long fingerprint() {
        return fingerprint;
    }
}
