package dev.orderflow.deployment;

import java.util.List;
import java.util.Map;

/** Label selector of a resource. An empty selector matches everything. */
record LabelSelector(Map<String, String> labels, List<Node> expressions) {

    /** Reads a selector of {@code matchLabels} and {@code matchExpressions}. */
    static LabelSelector of(Node node) {
        return new LabelSelector(
                node.at("matchLabels").strings(), node.at("matchExpressions").items());
    }

    /** Reads a selector that is a plain map of labels, as in a Service. */
    static LabelSelector ofLabels(Node node) {
        return new LabelSelector(node.strings(), List.of());
    }

    boolean isEmpty() {
        return labels.isEmpty() && expressions.isEmpty();
    }

    boolean matches(Map<String, String> candidate) {
        return candidate.entrySet().containsAll(labels.entrySet())
                && expressions.stream().allMatch(expression -> matches(expression, candidate));
    }

    private static boolean matches(Node expression, Map<String, String> candidate) {
        var key = expression.at("key").text();
        var values = expression.at("values").items().stream().map(Node::text).toList();
        return switch (expression.at("operator").text()) {
            case "In" -> candidate.containsKey(key) && values.contains(candidate.get(key));
            case "NotIn" -> !values.contains(candidate.get(key));
            case "Exists" -> candidate.containsKey(key);
            case "DoesNotExist" -> !candidate.containsKey(key);
            default -> throw new IllegalArgumentException("unknown operator: " + expression);
        };
    }
}
