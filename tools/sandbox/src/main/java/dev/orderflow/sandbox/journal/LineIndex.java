package dev.orderflow.sandbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Start positions of the finished lines of a file. Not thread-safe. */
final class LineIndex {

    /** Start positions: {@code starts[n]} is that of line n, for the {@link #count} finished lines and the next one. */
    private long[] starts = new long[1024];

    private int count;

    /** Indexes the lines that {@code channel} already holds. */
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

    /** Records that the current line is finished and the next one begins at {@code nextStart}. */
    void add(long nextStart) {
        count++;
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count] = nextStart;
    }

    /** {@return the number of finished lines} */
    int count() {
        return count;
    }

    /** Returns the start of line {@code number}, counted from 0; that of the next line is {@link #end}. */
    long start(int number) {
        return starts[number];
    }

    /** {@return the end of the last finished line} */
    long end() {
        return starts[count];
    }
}
