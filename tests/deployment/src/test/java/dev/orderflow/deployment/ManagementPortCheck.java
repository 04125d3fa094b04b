package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks that only monitoring reaches the management ports, which require no authentication, and that no Ingress routes
 * to them.
 */
class ManagementPortCheck implements Check {

    private static final String PORT = "management";

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var policy : resources.ofKind("NetworkPolicy")) {
            for (var rule : policy.spec().at("ingress").items()) {
                if (isAboutManagement(policy, rule, resources) && !isForMonitoring(rule)) {
                    problems.add(policy + ": allows more than monitoring to reach the port " + PORT);
                }
            }
        }
        return problems;
    }

    /** {@return whether the rule allows the management port; a rule without ports allows all ports} */
    private static boolean isAboutManagement(Resource policy, Node rule, Resources resources) {
        var numbers = resources.selected(LabelSelector.of(policy.spec().at("podSelector"))).stream()
                .flatMap(pod -> pod.containers().stream())
                .flatMap(container -> container.at("ports").items().stream())
                .filter(port -> port.at("name").text().equals(PORT))
                .map(port -> port.at("containerPort").text())
                .toList();
        var ports = rule.at("ports").items().stream()
                .map(port -> port.at("port").text())
                .toList();
        return !numbers.isEmpty()
                && (ports.isEmpty() || ports.contains(PORT) || ports.stream().anyMatch(numbers::contains));
    }

    private static boolean isForMonitoring(Node rule) {
        var from = rule.at("from").items();
        return !from.isEmpty()
                && from.stream()
                        .allMatch(peer -> peer.at("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name")
                                .text()
                                .equals("monitoring"));
    }
}
