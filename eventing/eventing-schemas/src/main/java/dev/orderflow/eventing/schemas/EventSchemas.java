package dev.orderflow.eventing.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The schemas on the class path by event type, {@code schemas/<event type>.json}, compiled once. Immutable. */
final class EventSchemas {

    private static final String SUFFIX = ".json";

    private final Map<String, EventSchema> byType;

    EventSchemas(Map<String, EventSchema> byType) {
        this.byType = Map.copyOf(byType);
    }

    /** @throws InvalidContractException when a file is not JSON */
    static EventSchemas onClassPath() {
        var json = JsonMapper.builder().build();
        var byType = new HashMap<String, EventSchema>();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:schemas/*" + SUFFIX)) {
                var name = Objects.requireNonNull(file.getFilename());
                byType.put(name.substring(0, name.length() - SUFFIX.length()), read(json, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a schema on the class path cannot be read", e);
        }
        return new EventSchemas(byType);
    }

    private static EventSchema read(JsonMapper json, Resource file) throws IOException {
        try {
            return new EventSchema(json.readTree(file.getContentAsByteArray()));
        } catch (JacksonException e) {
            throw new InvalidContractException(
                    file.getDescription() + " is not JSON: " + e.getOriginalMessage(), "Correct the file");
        }
    }

    @Nullable
    EventSchema find(String type) {
        return byType.get(type);
    }

    Set<String> types() {
        return byType.keySet();
    }
}
