package dev.orderflow.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/**
 * Checks the fields of CloudNativePG's, KEDA's and Envoy Gateway's resources against {@code operator-fields.yaml}, since no models of
 * them are published, and rejects resources of an unknown kind.
 */
class ListedFieldsCheck implements Check {

    private static final String REQUIRED = "!";

    private final Node kinds = load();

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var resource : resources.all()) {
            var fields = kinds.at(resource.apiVersion() + " " + resource.kind());
            if (fields.exists()) {
                check(resource + ": spec", fields, resource.spec(), problems);
            } else if (!ApiFieldsCheck.isOwn(resource) && !OperatorFieldsCheck.knows(resource)) {
                problems.add(resource + ": unknown kind " + resource.apiVersion() + " " + resource.kind());
            }
        }
        return problems;
    }

    private static void check(String path, Node expected, Node given, List<String> problems) {
        switch (expected.value()) {
            case List<?> list -> checkList(path, new Node(list.getFirst()), given, problems);
            case String type -> checkType(path, type, given, problems);
            case null, default -> checkFields(path, expected, given, problems);
        }
    }

    private static void checkList(String path, Node expected, Node given, List<String> problems) {
        if (!(given.value() instanceof List)) {
            problems.add(path + " must be a list");
        }
        given.items().forEach(item -> check(path + "[]", expected, item, problems));
    }

    private static void checkType(String path, String type, Node given, List<String> problems) {
        var fits = switch (type) {
            case "string" -> given.value() instanceof String;
            case "integer" -> given.value() instanceof Integer;
            case "boolean" -> given.value() instanceof Boolean;
            case "strings" -> given.entries().values().stream().allMatch(value -> value.value() instanceof String);
            case "any" -> true;
            default -> throw new IllegalArgumentException("unknown type: " + type);
        };
        if (!fits) {
            problems.add(path + " must be of type " + type + ", not " + given.text());
        }
    }

    private static void checkFields(String path, Node expected, Node given, List<String> problems) {
        var fields = expected.entries();
        given.entries().forEach((name, value) -> {
            var field = fields.containsKey(name) ? fields.get(name) : fields.get(name + REQUIRED);
            if (field == null) {
                problems.add(path + "." + name + " is an unknown field");
            } else {
                check(path + "." + name, field, value, problems);
            }
        });
        fields.keySet().stream()
                .filter(name -> name.endsWith(REQUIRED))
                .map(name -> name.substring(0, name.length() - REQUIRED.length()))
                .filter(name -> !given.at(name).exists())
                .forEach(name -> problems.add(path + "." + name + " is missing"));
    }

    private static Node load() {
        try (var stream = ListedFieldsCheck.class.getResourceAsStream("/operator-fields.yaml")) {
            return new Node(new Yaml().load(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
