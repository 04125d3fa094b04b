package dev.orderflow.sandbox.payment;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A fault that is switched on. Not thread-safe: guarded by the {@link FaultSwitches}. */
final class ProviderFault {

    private final UUID id = UUID.randomUUID();
    private final FaultRequest wanted;
    private final Set<CompletableFuture<Void>> hanging = new HashSet<>();
    private @Nullable Integer remaining;

    ProviderFault(FaultRequest wanted) {
        this.wanted = wanted;
        this.remaining = wanted.times();
    }

    UUID id() {
        return id;
    }

    /** The calls that are not answered because of it. */
    Set<CompletableFuture<Void>> hanging() {
        return hanging;
    }

    boolean hits(ProviderCall call) {
        return (remaining == null || remaining > 0)
                && (wanted.card() == null || wanted.card() == call.card())
                && (wanted.orderId() == null || wanted.orderId().equals(call.orderId()))
                && (wanted.action() != FaultAction.DECLINE || call.declinable());
    }

    Verdict hit() {
        remaining = remaining == null ? null : remaining - 1;
        return switch (wanted.action()) {
            case DECLINE -> new Verdict.Decline();
            case FAIL -> new Verdict.Fail();
            case HANG -> {
                var end = new CompletableFuture<Void>();
                hanging.add(end);
                yield new Verdict.Hang(end);
            }
        };
    }

    /** Whether it hits no more and nothing hangs on it any longer. */
    boolean isOver() {
        return remaining != null && remaining == 0 && hanging.isEmpty();
    }

    Item toItem() {
        return new Item(id, wanted.action(), remaining, wanted.card(), wanted.orderId(), hanging.size());
    }

    /**
     * A fault as it is listed.
     *
     * @param remaining how many calls it will hit yet; null: all
     * @param hanging   how many calls are not answered because of it
     */
    record Item(
            UUID id,
            FaultAction action,
            @Nullable Integer remaining,
            @Nullable PaymentMethod card,
            @Nullable String orderId,
            int hanging) {}
}
