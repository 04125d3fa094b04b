package dev.orderflow.sandbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Where each finished line of a file begins. Not thread-safe. */
final class LineIndex {

    /** {@code starts[n]} is where line n begins, for the {@link #count} lines and the one to come. */
    private long[] starts = new long[1024];

    private int count;

    /** Finds the lines that {@code channel} holds already. */
    static LineIndex of(FileChannel channel) throws IOException {
        var index = new LineIndex();
        var buffer = ByteBuffer.allocate(64 * 1024);
        for (long position = 0; channel.read(buffer, position) >= 0; position += buffer.position(), buffer.clear()) {
            for (var i = 0; i < buffer.position(); i++) {
                if (buffer.get(i) == '\n') {
                    index.add(position + i + 1);
                }
            }
        }
        return index;
    }

    /** Notes that the line under way has been finished and that the next one begins at {@code nextStart}. */
    void add(long nextStart) {
        count++;
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count] = nextStart;
    }

    /** The number of finished lines. */
    int count() {
        return count;
    }

    /** Where line {@code number} begins, counted from 0; that of the line to come is {@link #end}. */
    long start(int number) {
        return starts[number];
    }

    /** Where the last finished line ends. */
    long end() {
        return starts[count];
    }
}
