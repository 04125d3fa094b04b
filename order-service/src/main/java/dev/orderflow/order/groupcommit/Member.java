package dev.orderflow.order.groupcommit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An item of a group, created by its request's thread, and its outcome, perhaps set by another one's. */
final class Member<I, R> {

    private final I item;
    private final CallerContext context = CallerContext.capture();
    private final AtomicReference<@Nullable Outcome<R>> outcome = new AtomicReference<>();

    Member(I item) {
        this.item = item;
    }

    sealed interface Outcome<R> {

        /** The item is committed. */
        record Done<R>(R result) implements Outcome<R> {}

        /** The item is not committed as far as is known, because of {@code cause}. */
        record Failed<R>(RuntimeException cause) implements Outcome<R> {}
    }

    I item() {
        return item;
    }

    /** Runs {@code work} for this item in the context of its own request, whichever thread it is. */
    <T> T inContext(Supplier<T> work) {
        return context.call(work);
    }

    /** Sets the outcome unless there is one. */
    void resolve(Outcome<R> what) {
        outcome.compareAndSet(null, what);
    }

    /** @throws RuntimeException the cause of the failure */
    R result() {
        return switch (outcome.get()) {
            case Outcome.Done<R>(var result) -> result;
            case Outcome.Failed<R>(var cause) -> throw cause;
            case null -> throw new IllegalStateException("nobody has worked on the item");
        };
    }
}
