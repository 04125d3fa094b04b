package dev.orderflow.sandbox.payment;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Active fault. Not thread-safe: guarded by the {@link FaultSwitches}. */
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

    /** {@return the calls that hang because of this fault} */
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

    /** {@return whether it can hit no more calls and none hangs on it} */
    boolean isOver() {
        return remaining != null && remaining == 0 && hanging.isEmpty();
    }

    Item toItem() {
        return new Item(id, wanted.action(), remaining, wanted.card(), wanted.orderId(), hanging.size());
    }

    /**
     * Fault as it is listed.
     *
     * @param remaining number of calls it will still hit; null: all
     * @param hanging number of calls that hang because of it
     */
    record Item(
            UUID id,
            FaultAction action,
            @Nullable Integer remaining,
            @Nullable PaymentMethod card,
            @Nullable String orderId,
            int hanging) {}
}
