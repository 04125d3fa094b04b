package dev.orderflow.events.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder of schemas, each in the file {@code <type>.json}. */
record SchemaFiles(Path folder) {

    private static final String SUFFIX = ".json";

    /** The schemas of this version, on the class path of all publishers and consumers. */
    static final SchemaFiles CURRENT = new SchemaFiles(Path.of("src/main/resources/schemas"));

    /** The schemas as last released. Only the check reads them, so they are not on that class path. */
    static final SchemaFiles RELEASED = new SchemaFiles(Path.of("src/test/resources/schemas/released"));

    /** Returns the texts by event type. */
    SortedMap<String, String> read() {
        var texts = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                texts.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file, UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Replaces all files of the folder. */
    void write(SortedMap<String, String> texts) {
        try {
            Files.createDirectories(folder);
            for (var type : read().keySet()) {
                Files.delete(file(type));
            }
            for (var schema : texts.entrySet()) {
                Files.writeString(file(schema.getKey()), schema.getValue(), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String type) {
        return folder.resolve(type + SUFFIX);
    }
}
