package dev.orderflow.eventing.inbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Cuts polled records into portions of a bounded number of bytes, so that only part of a batch is decoded and handled at once. An
 * event takes several times as much memory as its JSON. A record that exceeds the bound is a separate portion.
 */
final class Portions implements Iterator<List<ConsumerRecord<String, byte[]>>> {

    /** Bound in bytes. 500 events of the usual size are smaller. */
    static final int LARGEST = 2 << 20;

    private final Iterator<ConsumerRecord<String, byte[]>> records;
    private final int largest;
    private @Nullable ConsumerRecord<String, byte[]> ahead;

    /** @param largest bytes of a portion */
    Portions(Iterable<ConsumerRecord<String, byte[]>> records, int largest) {
        this.records = records.iterator();
        this.largest = largest;
        this.ahead = this.records.hasNext() ? this.records.next() : null;
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    /** Returns the next records, in their order. */
    @Override
    public List<ConsumerRecord<String, byte[]>> next() {
        var message = ahead;
        if (message == null) {
            throw new NoSuchElementException();
        }
        var portion = new ArrayList<ConsumerRecord<String, byte[]>>();
        var bytes = sizeOf(message);
        do {
            portion.add(message);
            message = records.hasNext() ? records.next() : null;
            bytes += message == null ? 0 : sizeOf(message);
        } while (message != null && bytes <= largest);
        ahead = message;
        return portion;
    }

    /** Returns the bytes of key, headers and value as they were read, decompressed. */
    static long sizeOf(ConsumerRecord<?, ?> message) {
        long size = Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
        for (var header : message.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
