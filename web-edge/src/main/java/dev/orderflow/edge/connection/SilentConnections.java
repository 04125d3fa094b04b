package dev.orderflow.edge.connection;

import static java.util.Comparator.comparingInt;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Ends connections that carry no request when nearly as many are open as Tomcat takes. Thread-safe. */
final class SilentConnections {

    /** A silent connection is spared for so long after it was opened or its last request was answered. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final LongSupplier nanoTime;
    private final LongAdder ended = new LongAdder();
    private volatile int room = Integer.MAX_VALUE;
    private volatile int atOnce = 1;

    SilentConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param most connections that Tomcat takes at the same time */
    void limit(int most) {
        // The rest is for those that come while others are on their way out.
        this.atOnce = Math.max(1, most / 8);
        this.room = most - atOnce;
    }

    void endIfTooMany(Collection<ClientConnection> open) {
        if (open.size() > room) {
            end(open);
        }
    }

    /** How many were ended since the last call. */
    long takeEnded() {
        return ended.sumThenReset();
    }

    private synchronized void end(Collection<ClientConnection> open) {
        var now = nanoTime.getAsLong();
        var perAddress = new HashMap<@Nullable InetAddress, Integer>();
        open.forEach(each -> perAddress.merge(each.address(), 1, Integer::sum));
        // Whoever has few does not make room for whoever has many.
        var many =
                perAddress.values().stream().mapToInt(Integer::intValue).max().orElse(0) / 2;
        ended.add(open.stream()
                .filter(each -> each.phase() == Phase.SILENT && !each.isEnded())
                // Copied, since what is sorted must not change meanwhile.
                .map(each -> new Silent(each, perAddress.getOrDefault(each.address(), 0), each.age(now)))
                .filter(silent -> silent.age() > GRACE.toNanos() && silent.ofSameAddress() >= many)
                .sorted(comparingInt(Silent::ofSameAddress)
                        .thenComparingLong(Silent::age)
                        .reversed())
                .limit(atOnce)
                .filter(silent -> silent.connection().endIfSilent())
                .count());
    }

    private record Silent(ClientConnection connection, int ofSameAddress, long age) {}
}
