package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation of a committed OpenAPI document.
 *
 * @param description its member of {@code paths}
 * @param document    the whole document, to which the description refers
 */
record FuzzOperation(String method, String path, JsonNode description, JsonNode document) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** @param service its folder in the repository, beside that of the running test */
    static List<FuzzOperation> of(String service) {
        try {
            var document = JsonMapper.shared()
                    .readTree(Files.readString(Path.of("../docs/openapi", service + ".json"), UTF_8));
            return document.get("paths")
                    .propertyStream()
                    .flatMap(path -> path.getValue()
                            .propertyStream()
                            .filter(operation -> METHODS.contains(operation.getKey()))
                            .map(operation -> new FuzzOperation(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    operation.getValue(),
                                    document)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return method + " " + path;
    }

    boolean changesState() {
        return !method.equals("GET");
    }

    boolean documents(int status) {
        return description.get("responses").has(Integer.toString(status));
    }

    /** {@return its parameters, in the path, the query and headers} */
    List<JsonNode> parameters() {
        return description.path("parameters").valueStream().map(this::resolved).toList();
    }

    boolean hasBody() {
        return description.has("requestBody");
    }

    /** {@return the schema of its JSON body} */
    JsonNode body() {
        return resolved(description.at("/requestBody/content/application~1json/schema"));
    }

    /** Follows the reference that a node may be. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }
}
