package dev.orderflow.eventing.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** An installed JDK of a given version. */
final class Jdk {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Jdk() {}

    /** This JVM's, that of the environment variable {@code JAVA_HOME_<version>}, or one that the system has installed. */
    static Optional<Path> home(int version) throws IOException {
        var named = Optional.ofNullable(System.getenv("JAVA_HOME_" + version)).map(Path::of);
        var own = Path.of(System.getProperty("java.home"));
        try (var installed = Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.<Path>empty()) {
            return Stream.concat(Stream.concat(Stream.of(own), named.stream()), installed.sorted())
                    .filter(home -> version(home) == version)
                    .findFirst();
        }
    }

    private static int version(Path home) {
        var release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return 0;
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(release.toString(), e);
        }
        var text = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Runtime.Version.parse(text).feature();
    }
}
