package dev.orderflow.eventing.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the schemas on the class path, {@code schemas/<event type>.json}, say about data. */
final class DataShapes {

    private final JsonMapper json = JsonMapper.builder().build();

    DataShape of(String type) {
        var file = new ClassPathResource("schemas/" + type + ".json");
        if (!file.exists()) {
            return DataShape.UNKNOWN;
        }
        try {
            return new DataShape(type, json.readTree(file.getContentAsByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of " + type + " cannot be read", e);
        }
    }
}
