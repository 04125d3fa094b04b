package dev.orderflow.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Ahead-of-time caches that JVMs wrote in training runs: a file per program, from which a JVM gets its classes loaded
 * and linked, and the methods worth compiling (<a href="https://openjdk.org/jeps/483">JEP 483</a>, 514 and 515).
 * <p>
 * A JVM uses such a file only if it is the same JVM with the same options and unchanged jars; system properties may
 * differ. All of that is part of the file's name, so that an unsuitable cache is not found rather than rejected. A JVM
 * that rejects one nevertheless starts without it.
 */
final class AotCaches {

    private static final String SUFFIX = ".aot";

    private final Path folder;

    AotCaches(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the cache for {@code classPath} and {@code options}; empty if there is none for the present state of the
     * files.
     */
    Optional<Path> find(String program, String classPath, List<String> options) {
        return Optional.of(file(program, classPath, options)).filter(Files::exists);
    }

    /** Returns the path of that cache. */
    Path file(String program, String classPath, List<String> options) {
        return folder.resolve(program + "-" + fingerprint(classPath, options) + SUFFIX);
    }

    /** Returns the path for writing {@code cache} until it is complete; no file exists there. */
    Path unfinished(Path cache) {
        try {
            Files.createDirectories(folder);
            var unfinished = cache.resolveSibling(cache.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            return unfinished;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves {@code unfinished} into place and deletes that program's older caches, which cannot be used any more. */
    void complete(String program, Path unfinished, Path cache) {
        try {
            Files.move(unfinished, cache);
            try (var files = Files.newDirectoryStream(folder, program + "-*" + SUFFIX + "*")) {
                for (var file : files) {
                    if (!file.equals(cache)) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fingerprint(String classPath, List<String> options) {
        var facts = new StringBuilder();
        for (var property : List.of("java.home", "java.vm.name", "java.vm.version", "os.arch")) {
            facts.append(System.getProperty(property)).append('\n');
        }
        options.stream()
                .filter(option -> !option.startsWith("-D"))
                .forEach(option -> facts.append(option).append('\n'));
        for (var jar : classPath.split(":")) {
            facts.append(jar).append(' ').append(state(Path.of(jar))).append('\n');
        }
        return HexFormat.of().formatHex(sha256(facts.toString()), 0, 8);
    }

    /** Returns the attributes that a JVM compares: it rejects a jar that was rewritten, even with the same content. */
    private static String state(Path jar) {
        try {
            return Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
