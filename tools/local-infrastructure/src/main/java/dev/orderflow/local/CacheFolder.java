package dev.orderflow.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Folder that keeps unpacked binaries between runs. */
final class CacheFolder {

    private CacheFolder() {}

    /**
     * Returns the user's cache folder, or the system's for root: root's home is closed to the unprivileged user that
     * executes the binaries.
     */
    static Path locate() {
        if (Account.isRoot()) {
            return Path.of("/var/cache/orderflow");
        }
        var home = Path.of(System.getProperty("user.home"));
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        return Files.isWritable(home) || Files.isWritable(cache)
                ? cache.resolve("orderflow")
                : Path.of(System.getProperty("java.io.tmpdir"), "orderflow-" + System.getProperty("user.name"));
    }
}
