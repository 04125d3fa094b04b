package dev.orderflow.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTests {

    private static final List<String> OPTIONS = List.of("-Xmx160m");

    @TempDir
    Path folder;

    AotCaches caches;
    Path jar;
    String classPath;

    @BeforeEach
    void write() throws IOException {
        caches = new AotCaches(folder.resolve("aot"));
        jar = Files.writeString(folder.resolve("a.jar"), "a");
        classPath = jar + ":" + Files.writeString(folder.resolve("b.jar"), "b");
    }

    @Test
    void aCacheIsFoundForThatProgramOnly() throws IOException {
        assertThat(caches.find("order", classPath, OPTIONS)).isEmpty();

        var cache = learn("order");

        assertThat(caches.find("order", classPath, OPTIONS)).contains(cache);
        assertThat(caches.find("payment", classPath, OPTIONS)).isEmpty();
    }

    @Test
    void aJvmWithOtherOptionsDoesNotUseIt() throws IOException {
        learn("order");

        assertThat(caches.find("order", classPath, List.of("-Xmx160m", "-XX:+UseCompactObjectHeaders")))
                .isEmpty();
    }

    @Test
    void aJvmWithOtherSystemPropertiesUsesIt() throws IOException {
        var cache = learn("order");

        assertThat(caches.find("order", classPath, List.of("-Xmx160m", "-Dserver.port=8081")))
                .contains(cache);
    }

    @Test
    void aJarThatWasWrittenAgainMakesItUseless() throws IOException {
        learn("order");

        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        assertThat(caches.find("order", classPath, OPTIONS)).isEmpty();
    }

    @Test
    void anUnfinishedCacheIsNotFound() throws IOException {
        var cache = caches.file("order", classPath, OPTIONS);
        Files.writeString(caches.unfinished(cache), "half");

        assertThat(caches.find("order", classPath, OPTIONS)).isEmpty();
        assertThat(caches.unfinished(cache)).doesNotExist();
    }

    @Test
    void aNewCacheReplacesTheOlderOnesOfItsProgram() throws IOException {
        var older = learn("order");
        var other = learn("payment");
        Files.writeString(jar, "changed");

        var newer = learn("order");

        assertThat(older).doesNotExist();
        assertThat(newer).exists();
        assertThat(other).exists();
    }

    private Path learn(String program) throws IOException {
        var cache = caches.file(program, classPath, OPTIONS);
        caches.complete(program, Files.writeString(caches.unfinished(cache), "learned"), cache);
        return cache;
    }
}
