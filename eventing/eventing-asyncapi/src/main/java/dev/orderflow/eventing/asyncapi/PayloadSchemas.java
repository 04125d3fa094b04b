package dev.orderflow.eventing.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of events, from the class path: {@code schemas/<type>.json}. An event without one may have any data. */
final class PayloadSchemas {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Returns a schema in AsyncAPI's dialect, to be placed under {@code components/schemas}.
     *
     * @param key its name there
     */
    Optional<ObjectNode> find(String type, String key) {
        var file = new ClassPathResource("schemas/" + type + ".json");
        if (!file.exists()) {
            return Optional.empty();
        }
        try (var content = file.getInputStream()) {
            var schema = (ObjectNode) JSON.readTree(content);
            return Optional.of(new SchemaDialect(type, "#/components/schemas/" + key).translate(schema));
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of " + type + " cannot be read", e);
        }
    }
}
