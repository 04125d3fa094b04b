package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.retry.Diversion;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Watches the guards of a group's handlers for one of its members. When a guard opens, the attempts that failed shortly before it
 * opened are removed. Each member removes them after its own batch, so that it writes no such attempt later. Not thread-safe.
 */
class GuardWatch implements BooleanSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(GuardWatch.class);

    private final CallGuards guards;
    private final Set<String> names;
    private final Diversion diversion;
    private final TransactionOperations transaction;
    private final Set<String> forgiven = new HashSet<>();
    private boolean wasOpen;

    GuardWatch(CallGuards guards, Set<String> names, Diversion diversion, TransactionOperations transaction) {
        this.guards = guards;
        this.names = Set.copyOf(names);
        this.diversion = diversion;
        this.transaction = transaction;
    }

    /** Returns whether any guard is open. */
    @Override
    public boolean getAsBoolean() {
        var open = guards.open(names);
        forgiven.retainAll(open);
        open.forEach(this::forgiveOnce);
        if (open.isEmpty() == wasOpen) {
            wasOpen = !open.isEmpty();
            LOG.info("consumption={} open={}", wasOpen ? "paused" : "resumed", open);
        }
        return wasOpen;
    }

    private void forgiveOnce(String guard) {
        if (forgiven.contains(guard)) {
            return;
        }
        try {
            var events = transaction.execute(status -> diversion.takeBackAttempts(guard));
            forgiven.add(guard);
            LOG.info("guard={} state=open attemptsTakenBack={}", guard, events);
        } catch (RuntimeException e) {
            LOG.info("guard={} state=open attemptsTakenBack=failed cause=\"{}\"", guard, e.toString());
        }
    }
}
