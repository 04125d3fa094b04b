package dev.orderflow.verify.evidence;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the evidence, repeatedly. The order of reading matters while services run. A record that a group has committed
 * before its inbox is read must be in the inbox. An event that was on a topic before the outboxes are read must be in
 * one of them. An event that an outbox marks as sent must be on the topic, which is read after it.
 * <p>
 * If all of it fits into memory, it is read at once, and later looks read only new data. Otherwise it is read in
 * {@linkplain Share shares}, one after the other, all of it at each look: memory is bounded, and each share costs
 * another pass over the topics. Not thread-safe.
 */
public final class EvidenceReader implements AutoCloseable {

    /** Estimated size of an event, with its part of an order: measured at 300 to 450 bytes. */
    private static final int BYTES_PER_EVENT = 512;
    /** Memory for clients, fetched records and findings. */
    private static final int ALL_ELSE = 96 << 20;

    private final Sources sources;
    private final long mostEvents;
    private final GroupReader groupReader;
    private final Map<Service, DatabaseConnection> databases = new EnumMap<>(Service.class);
    private @Nullable ShareReader whole;

    /**
     * Creates a reader.
     *
     * @param mostEvents approximate number of events kept in memory
     */
    public EvidenceReader(Sources sources, long mostEvents) {
        this.sources = sources;
        this.mostEvents = mostEvents;
        this.groupReader = new GroupReader(sources.broker());
        sources.databases()
                .forEach((service, database) -> databases.put(service, new DatabaseConnection(service, database)));
    }

    /** Returns the number of events that fit into the heap beside everything else. */
    public static long fittingMemory() {
        return Math.max(50_000, (Runtime.getRuntime().maxMemory() - ALL_ELSE) / BYTES_PER_EVENT);
    }

    /**
     * Passes all evidence to {@code each}, share by share.
     *
     * @throws SourceAwayException when a source cannot be read
     */
    public void read(Consumer<Evidence> each) {
        if (whole == null) {
            var reader = new ShareReader(sources, databases, Share.ALL);
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
        databases.values().forEach(DatabaseConnection::close);
    }

    private void read(Share share, Consumer<Evidence> each) {
        try (var reader = new ShareReader(sources, databases, share)) {
            each.accept(reader.read(groupReader));
        }
    }
}
