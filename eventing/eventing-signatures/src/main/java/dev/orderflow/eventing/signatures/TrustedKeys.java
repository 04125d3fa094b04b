package dev.orderflow.eventing.signatures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trusted keys of all sources. Immutable. */
final class TrustedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedKeys.class);

    /** Keys of a source: the current one, its successor, and those before whose events may still be read. */
    private static final int MOST_KEYS = 32;

    private final Map<String, Map<String, TrustedKey>> bySource;

    private TrustedKeys(Map<String, Map<String, TrustedKey>> bySource) {
        this.bySource = bySource;
    }

    /**
     * Reads the keys.
     *
     * @param places files and directories, by source. A source whose directory is empty has no trusted key
     * @throws InvalidKeyException if a file cannot be read or has no key, or a source has too many
     */
    static TrustedKeys read(Map<String, List<Path>> places) {
        var bySource = new HashMap<String, Map<String, TrustedKey>>();
        places.forEach((source, files) -> bySource.put(source, keysOf(source, files)));
        return new TrustedKeys(bySource);
    }

    /**
     * Reads the keys again. A file that was deleted has no keys; a source whose files cannot be read keeps those that it has.
     *
     * @param places as before
     */
    TrustedKeys again(Map<String, List<Path>> places) {
        var current = new HashMap<String, Map<String, TrustedKey>>();
        places.forEach((source, files) -> current.put(source, keysAgain(source, files)));
        return new TrustedKeys(current);
    }

    private Map<String, TrustedKey> keysAgain(String source, List<Path> places) {
        try {
            return keysOf(
                    source,
                    places.stream().filter(place -> !Files.notExists(place)).toList());
        } catch (InvalidKeyException e) {
            LOG.warn(
                    "trusted-keys=unreadable source={} reason=\"its keys stay in use\" cause=\"{}\"",
                    source,
                    e.getMessage());
            return bySource.getOrDefault(source, Map.of());
        }
    }

    /** Returns whether the keys of a source are configured. */
    boolean knows(String source) {
        return bySource.containsKey(source);
    }

    /** Returns a key, which may have expired; null if no such key of the source is trusted. */
    @Nullable
    TrustedKey find(String source, String id) {
        return bySource.getOrDefault(source, Map.of()).get(id);
    }

    private static Map<String, TrustedKey> keysOf(String source, List<Path> places) {
        var keys = new HashMap<String, TrustedKey>();
        for (var place : places) {
            for (var file : filesOf(place)) {
                for (var read : Pem.publicKeys(file)) {
                    var id = KeyId.of(read.key());
                    keys.put(id, new TrustedKey(source, id, read.key(), read.notAfter()));
                }
            }
        }
        if (keys.size() > MOST_KEYS) {
            throw new InvalidKeyException(
                    "eventing.signatures.trusted." + source + " has " + keys.size() + " keys, more than " + MOST_KEYS);
        }
        return keys;
    }

    private static List<Path> filesOf(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (var files = Files.list(place)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".pem"))
                    .sorted()
                    .limit(MOST_KEYS + 1L)
                    .toList();
        } catch (IOException e) {
            throw new InvalidKeyException(place + " cannot be read: " + e, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedKeys keys && keys.bySource.equals(bySource);
    }

    @Override
    public int hashCode() {
        return bySource.hashCode();
    }

    @Override
    public String toString() {
        return bySource.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, keys -> keys.getValue().keySet(), (one, other) -> one, TreeMap::new))
                .toString();
    }
}
