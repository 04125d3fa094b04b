package dev.orderflow.edge.connection;

import static java.util.Comparator.comparingInt;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Closes connections without a request when nearly as many are open as Tomcat accepts. Thread-safe. */
final class SilentConnections {

    /** Time for which a silent connection is spared after it was opened or its last request was answered. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /**
     * Time after a search that closed too few connections. Each search reads all connections, and thousands of new ones,
     * all of them spared, would each cause one in the thread that accepts connections.
     */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final LongSupplier nanoTime;
    private final LongAdder ended = new LongAdder();
    private volatile int room = Integer.MAX_VALUE;
    private volatile int atOnce = 1;
    private long paused;

    SilentConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.paused = nanoTime.getAsLong() - PAUSE.toNanos();
    }

    /** @param most maximum number of connections that Tomcat accepts */
    void limit(int most) {
        // The rest is for connections that arrive while others are being closed.
        this.atOnce = Math.max(1, most / 8);
        this.room = most - atOnce;
    }

    /**
     * Closes connections of the addresses that have most, the longest silent first. A client with few connections is
     * only affected if that does not suffice: connections with a request cannot be closed, whichever client they belong
     * to.
     */
    synchronized void endIfTooMany(Collection<ClientConnection> open) {
        if (open.size() <= room || nanoTime.getAsLong() - paused < PAUSE.toNanos()) {
            return;
        }
        var needed = open.stream().filter(connection -> !connection.isEnded()).count() - room;
        if (needed <= 0) {
            paused = nanoTime.getAsLong(); // The others are being closed.
            return;
        }
        var candidates = candidates(open);
        var many = candidates.isEmpty() ? 0 : candidates.getFirst().ofSameAddress() / 2;
        var left = 0;
        var soon = 0;
        for (var silent : candidates) {
            if (left >= atOnce || (left + soon >= needed && silent.ofSameAddress() < many)) {
                break;
            }
            if (silent.age() <= GRACE.toNanos()) {
                soon++;
            } else if (silent.connection().endIfSilent()) {
                left++;
            }
        }
        if (left < needed) {
            paused = nanoTime.getAsLong();
        }
        ended.add(left);
    }

    /** Returns the number of connections ended since the last call. */
    long takeEnded() {
        return ended.sumThenReset();
    }

    private List<Silent> candidates(Collection<ClientConnection> open) {
        var now = nanoTime.getAsLong();
        // Copied, because the sorted values must not change meanwhile.
        var silent = open.stream()
                .filter(each -> each.phase() == Phase.SILENT && !each.isEnded())
                .toList();
        var perAddress = new HashMap<InetAddress, Integer>();
        silent.forEach(each -> perAddress.merge(each.address(), 1, Integer::sum));
        return silent.stream()
                .map(each -> new Silent(each, perAddress.getOrDefault(each.address(), 0), each.age(now)))
                .sorted(comparingInt(Silent::ofSameAddress)
                        .thenComparingLong(Silent::age)
                        .reversed())
                .toList();
    }

    private record Silent(ClientConnection connection, int ofSameAddress, long age) {}
}
