package dev.orderflow.eventing.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of the headers that records have, from the resource {@code headers.json}. */
final class HeaderSchemas {

    /** Schema of an event's headers. */
    static final String EVENT = "EventHeaders";

    /** Schema of the headers on retry topics. */
    static final String RETRY = "RetryHeaders";

    /** Schema of the headers on dead-letter topics. */
    static final String DEAD_LETTER = "DeadLetterHeaders";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HeaderSchemas() {}

    /**
     * Returns all schemas by name.
     *
     * @param named whether each event names the schema of its data
     */
    static ObjectNode all(boolean named) {
        try (var resource = Objects.requireNonNull(HeaderSchemas.class.getResourceAsStream("headers.json"))) {
            var schemas = (ObjectNode) JSON.readTree(resource);
            if (named) {
                schemas.withObjectProperty(EVENT).withArrayProperty("required").add("ce_dataschema");
            }
            return schemas;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
