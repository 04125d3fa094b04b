package dev.orderflow.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Free disk space of the suite's home folder. */
final class FreeSpace {

    private static final long NEEDED_BYTES = 500L << 20;

    private FreeSpace() {}

    /**
     * Checks the free disk space of {@code home}, which is created.
     *
     * @throws DemoException if it is not enough for a new suite and some orders
     */
    static void require(Path home) {
        var free = bytes(home);
        if (free < NEEDED_BYTES) {
            throw new DemoException(String.format(
                    Locale.ROOT,
                    "Only %d MiB are free in %s, and the suite needs %d: free some, or choose another folder with DEMO_HOME.",
                    free >> 20,
                    home,
                    NEEDED_BYTES >> 20));
        }
    }

    private static long bytes(Path home) {
        try {
            Files.createDirectories(home);
            return Files.getFileStore(home).getUsableSpace();
        } catch (IOException e) {
            throw new DemoException("Cannot write to " + home + ": choose another folder with DEMO_HOME.", e);
        }
    }
}
