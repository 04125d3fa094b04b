package dev.orderflow.verify.evidence;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the evidence, again and again. The order in which the sources are read matters while services run: what a group has
 * committed before its inbox is read must be in the inbox; what was on a topic before the outboxes are read must be in one;
 * and what an outbox says was sent must be on the topic that is read after it.
 * <p>
 * What fits into memory is read at once, and the next time only what has come since. More is read in {@linkplain Share
 * shares}, one after the other, all of it each time: memory is bounded whatever the suite has done, and each share costs
 * another pass over the topics. Not thread-safe.
 */
public final class EvidenceReader implements AutoCloseable {

    /** What an event takes here, with its share of an order: estimated at 300 to 450 bytes. */
    private static final int BYTES_PER_EVENT = 512;
    /** Clients, what was fetched and not looked at yet, and findings. */
    private static final int ALL_ELSE = 96 << 20;

    private final Sources sources;
    private final long mostEvents;
    private final GroupReader groupReader;
    private @Nullable ShareReader whole;

    /** @param mostEvents how many events are kept in memory, give or take some */
    public EvidenceReader(Sources sources, long mostEvents) {
        this.sources = sources;
        this.mostEvents = mostEvents;
        this.groupReader = new GroupReader(sources.bootstrapServers());
    }

    /** How many events the heap has room for beside all else. */
    public static long fittingMemory() {
        return Math.max(50_000, (Runtime.getRuntime().maxMemory() - ALL_ELSE) / BYTES_PER_EVENT);
    }

    /**
     * Shows all evidence to {@code each}, share by share.
     *
     * @throws SourceAwayException when a source cannot be read
     */
    public void read(Consumer<Evidence> each) {
        if (whole == null) {
            var reader = new ShareReader(sources, Share.ALL);
            var shares = Share.ofAll(reader.size(), mostEvents);
            if (shares.size() > 1) {
                reader.close();
                shares.forEach(share -> read(share, each));
                return;
            }
            whole = reader;
        }
        each.accept(whole.read(groupReader));
    }

    @Override
    public void close() {
        if (whole != null) {
            whole.close();
        }
        groupReader.close();
    }

    private void read(Share share, Consumer<Evidence> each) {
        try (var reader = new ShareReader(sources, share)) {
            each.accept(reader.read(groupReader));
        }
    }
}
