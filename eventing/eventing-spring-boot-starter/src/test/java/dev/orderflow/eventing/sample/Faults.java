package dev.orderflow.eventing.sample;

import dev.orderflow.eventing.NotRetryable;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Failures to inject into the handlers, and records of their calls. */
@Component
public class Faults {

    @NotRetryable
    public static class UselessException extends RuntimeException {}

    public final List<List<AccountEvent>> batches = new CopyOnWriteArrayList<>();
    public final List<Pledged> calls = new CopyOnWriteArrayList<>();
    public final AtomicInteger callsInsideTransactions = new AtomicInteger();
    private final Map<String, Supplier<? extends Error>> errors = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private volatile Consumer<Pledged> outside = pledged -> {};

    /** Lets the next handlings of the account's events fail after they have written their effect. */
    public void fail(String account, int times) {
        failures.put(account, new AtomicInteger(times));
    }

    /** Lets all handlings of the account's events fail with an exception that is not retryable. */
    public void failForGood(String account) {
        failures.put(account, new AtomicInteger(-1));
    }

    /** Sets the behaviour of the external service. */
    public void outside(Consumer<Pledged> behaviour) {
        outside = behaviour;
    }

    public void clear() {
        failures.clear();
        errors.clear();
        outside = pledged -> {};
        calls.clear();
        batches.clear();
    }

    /** Lets the next handlings of the account's events fail with an error. */
    public void fail(String account, int times, Supplier<? extends Error> error) {
        errors.put(account, error);
        fail(account, times);
    }

    public int failuresLeft(String account) {
        return failures.get(account).get();
    }

    void failWhenAskedTo(String account) {
        var left = failures.get(account);
        if (left != null && left.get() < 0) {
            throw new UselessException();
        }
        if (left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            var error = errors.get(account);
            if (error != null) {
                throw error.get();
            }
            throw new IllegalStateException("asked to fail");
        }
    }

    void call(Pledged pledged) {
        calls.add(pledged);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            callsInsideTransactions.incrementAndGet();
        }
        outside.accept(pledged);
    }
}
