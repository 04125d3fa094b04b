package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks that the instances of a service are spread over nodes by a label that every node has. On a node without one of
 * the labels, the scheduler ignores all of the pod's constraints. Other labels, such as that of a zone, belong in a
 * preferred anti-affinity.
 */
class SpreadCheck implements Check {

    private static final String NODE = "kubernetes.io/hostname";

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var deployment : resources.ofKind("Deployment")) {
            var labels = deployment.pod().at("topologySpreadConstraints").items().stream()
                    .map(constraint -> constraint.at("topologyKey").text())
                    .toList();
            if (!labels.contains(NODE)) {
                problems.add(deployment + ": all instances may be on one node");
            }
            labels.stream()
                    .filter(label -> !label.equals(NODE))
                    .forEach(label ->
                            problems.add(deployment + ": is not spread at all where a node lacks the label " + label));
        }
        return problems;
    }
}
