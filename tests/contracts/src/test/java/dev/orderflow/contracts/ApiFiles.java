package dev.orderflow.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder of OpenAPI documents, each in the file {@code <service>.json}. */
record ApiFiles(Path folder) {

    private static final String SUFFIX = ".json";

    /** The documents of this version, which the services' tests write. */
    static final ApiFiles CURRENT = new ApiFiles(Path.of("../../docs/openapi"));

    /** The documents as last released. */
    static final ApiFiles RELEASED = new ApiFiles(Path.of("../../docs/openapi/released"));

    /** Returns the texts by service. */
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

    void write(SortedMap<String, String> texts) {
        try {
            Files.createDirectories(folder);
            for (var text : texts.entrySet()) {
                Files.writeString(folder.resolve(text.getKey() + SUFFIX), text.getValue(), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
