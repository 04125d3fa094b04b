package dev.orderflow.eventing.outbox;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.zip.CRC32C;

/** Divides the keys into buckets, which relays lease. The division is part of the stored data: it must never change. */
public final class Buckets {

    public static final int COUNT = 16;

    private Buckets() {}

    /** The bucket of a key on a topic, 0 to {@link #COUNT} - 1. It never changes. */
    public static int of(String topic, String key) {
        var hash = new CRC32C();
        hash.update(topic.getBytes(StandardCharsets.UTF_8));
        hash.update(0);
        hash.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % COUNT);
    }

    /** Bit mask of {@code buckets}. */
    public static int bits(Collection<Integer> buckets) {
        return buckets.stream().mapToInt(bucket -> 1 << bucket).reduce(0, (one, other) -> one | other);
    }
}
