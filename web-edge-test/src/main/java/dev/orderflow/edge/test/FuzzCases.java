package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Generator of an operation's requests, reproducible by seed. One in eight is valid, the others have one hostile part. */
final class FuzzCases {

    /** Stands for the value that is replaced by hostile JSON. */
    private static final String PLACE = "@place@";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final FuzzOperation operation;
    private final Map<String, String> values;
    private final Random random;

    FuzzCases(FuzzOperation operation, Map<String, String> values, long seed) {
        this.operation = operation;
        this.values = new HashMap<>(values);
        values.forEach((name, value) -> {
            if (name.startsWith(operation.name() + " ")) {
                this.values.put(name.substring(operation.name().length() + 1), value);
            }
        });
        this.random = new Random(seed ^ operation.name().hashCode());
    }

    FuzzCase next() {
        var parts = operation.parameters().size()
                + (operation.hasBody() ? 2 * operation.parameters().size() + 3 : 0);
        var hostile = random.nextInt(8) == 0 || parts == 0 ? -1 : random.nextInt(parts);
        var path = operation.path();
        var query = new ArrayList<String>();
        var headers = new StringBuilder(operation.hasBody() ? "Content-Type: application/json\r\n" : "");
        for (var number = 0; number < operation.parameters().size(); number++) {
            var parameter = operation.parameters().get(number);
            var name = parameter.get("name").asString();
            var value = number == hostile ? hostileText(name) : value(parameter);
            switch (parameter.get("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" -> addTo(query, parameter, value, number == hostile);
                default -> addTo(headers, parameter, value, number == hostile);
            }
        }
        var target = query.isEmpty() ? path : path + "?" + String.join("&", query);
        return new FuzzCase(operation.method(), target, headers.toString(), body(hostile));
    }

    /** Returns the only value of a parameter that has to be known, since others would let the request wait. */
    private String hostileText(String name) {
        return name.equals("timeout") ? values.getOrDefault(name, "") : HostileValues.text(random);
    }

    private void addTo(List<String> query, JsonNode parameter, String value, boolean hostile) {
        var name = parameter.get("name").asString();
        if (hostile || values.containsKey(name) || random.nextInt(3) == 0) {
            query.add(name + "=" + encoded(value));
        }
    }

    private void addTo(StringBuilder headers, JsonNode parameter, String value, boolean hostile) {
        var name = parameter.get("name").asString();
        if (hostile || values.containsKey(name)) {
            headers.append(name)
                    .append(": ")
                    .append(value.replaceAll("[^\\x20-\\x7E]", "?"))
                    .append("\r\n");
        }
    }

    private String value(JsonNode parameter) {
        var schema = operation.resolved(parameter.path("schema"));
        return scalar(parameter.get("name").asString(), schema.has("items") ? schema.get("items") : schema)
                .asString();
    }

    private @Nullable String body(int hostile) {
        if (!operation.hasBody()) {
            return null;
        }
        var body = object(operation.body());
        if (hostile < operation.parameters().size()) {
            return body.toString();
        }
        return switch (random.nextInt(6)) {
            case 0 -> HostileValues.body(random);
            case 1 -> truncated(body.toString());
            case 2 -> withRepeatedName(body);
            default -> withHostileValue(body);
        };
    }

    private String truncated(String text) {
        return text.substring(0, random.nextInt(text.length()));
    }

    private String withRepeatedName(ObjectNode body) {
        var name = anyName(body);
        var text = body.toString();
        return text.substring(0, text.length() - 1) + ",\"" + name + "\":" + HostileValues.literal(random) + "}";
    }

    /** Replaces or removes a value at any depth. */
    private String withHostileValue(ObjectNode body) {
        var at = body;
        var name = anyName(at);
        while (random.nextInt(3) > 0 && child(at.get(name)) instanceof ObjectNode inner && !inner.isEmpty()) {
            at = inner;
            name = anyName(at);
        }
        if (random.nextInt(6) == 0) {
            at.remove(name);
            return body.toString();
        }
        at.put(name, PLACE);
        return body.toString().replace("\"" + PLACE + "\"", HostileValues.literal(random));
    }

    private static @Nullable JsonNode child(JsonNode node) {
        return node.isArray() && !node.isEmpty() ? node.get(0) : node;
    }

    private String anyName(ObjectNode object) {
        var names = List.copyOf(object.propertyNames());
        return names.get(random.nextInt(names.size()));
    }

    private ObjectNode object(JsonNode schema) {
        var object = NODES.objectNode();
        schema.path("properties")
                .propertyStream()
                .forEach(property -> object.set(property.getKey(), node(property.getKey(), property.getValue())));
        return object;
    }

    private JsonNode node(String name, JsonNode reference) {
        var schema = operation.resolved(reference);
        if (values.getOrDefault(name, "").startsWith("[")) {
            return JsonMapper.shared().readTree(values.get(name));
        }
        if (schema.has("properties")) {
            return object(schema);
        }
        if (schema.has("items")) {
            return NODES.arrayNode().add(node(name + "[]", schema.get("items")));
        }
        return scalar(name, schema);
    }

    private JsonNode scalar(String name, JsonNode schema) {
        if (values.containsKey(name)) {
            return NODES.stringNode(values.get(name));
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        if (schema.path("type").asString("").equals("integer")) {
            return NODES.numberNode(1 + random.nextInt(5));
        }
        if (schema.path("format").asString("").equals("uuid")) {
            return NODES.stringNode(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        return schema.has("example") ? schema.get("example") : NODES.stringNode("a" + random.nextInt(1_000));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
