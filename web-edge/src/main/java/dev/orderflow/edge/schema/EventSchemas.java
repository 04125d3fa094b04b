package dev.orderflow.edge.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The schemas on the class path, {@code schemas/<event type>.json}, read once. A request names a type that is looked up
 * among them: it never becomes a path.
 */
final class EventSchemas {

    private static final String SUFFIX = ".json";

    private final Map<String, EventSchema> byType;

    private EventSchemas(Map<String, EventSchema> byType) {
        this.byType = Map.copyOf(byType);
    }

    /** @param tag identifies the content, as the ETag of an answer does */
    record EventSchema(byte[] content, String tag) {}

    /** Reads the schemas of all modules on the class path. */
    static EventSchemas onClassPath() {
        var byType = new HashMap<String, EventSchema>();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:schemas/*" + SUFFIX)) {
                var name = Objects.requireNonNull(file.getFilename());
                var content = file.getContentAsByteArray();
                byType.put(name.substring(0, name.length() - SUFFIX.length()), new EventSchema(content, tag(content)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a schema on the class path cannot be read", e);
        }
        return new EventSchemas(byType);
    }

    /** Returns null when the type has no schema. */
    @Nullable
    EventSchema find(String type) {
        return byType.get(type);
    }

    private static String tag(byte[] content) {
        try {
            return '"'
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16)
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
