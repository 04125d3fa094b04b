package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/**
 * Nothing flows that no policy allows; each workload has a policy that lets somebody in (a database, a broker, and what serves HTTP to
 * somebody), and each service one that lets it out. Policies are about somebody, and the named ports in them exist.
 */
class NetworkPolicyCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        var policies = resources.ofKind("NetworkPolicy");
        if (policies.stream().noneMatch(NetworkPolicyCheck::deniesAll)) {
            problems.add("NetworkPolicy: none denies everything by default");
        }
        for (var workload : resources.workloads()) {
            if (policies.stream().noneMatch(policy -> allows(policy, "egress", workload))) {
                problems.add(workload + ": no NetworkPolicy says where it may connect to");
            }
            if (workload.kind().equals("StatefulSet")
                    && policies.stream().noneMatch(policy -> allows(policy, "ingress", workload))) {
                problems.add(workload + ": no NetworkPolicy says who may connect to it");
            }
        }
        for (var policy : policies) {
            checkPorts(policy, resources, problems);
        }
        return problems;
    }

    private static boolean deniesAll(Resource policy) {
        return LabelSelector.of(policy.spec().at("podSelector")).isEmpty()
                && policy.spec().at("policyTypes").items().stream()
                        .map(Node::text)
                        .toList()
                        .containsAll(List.of("Ingress", "Egress"))
                && policy.spec().at("ingress").items().isEmpty()
                && policy.spec().at("egress").items().isEmpty();
    }

    private static boolean allows(Resource policy, String direction, Resource workload) {
        return !policy.spec().at(direction).items().isEmpty()
                && LabelSelector.of(policy.spec().at("podSelector")).matches(workload.podLabels());
    }

    private static void checkPorts(Resource policy, Resources resources, List<String> problems) {
        var pods = resources.selected(LabelSelector.of(policy.spec().at("podSelector")));
        for (var rule : policy.spec().at("ingress").items()) {
            for (var port : rule.at("ports").items()) {
                var wanted = port.at("port");
                if (!pods.isEmpty() && pods.stream().noneMatch(pod -> hasPort(pod, wanted))) {
                    problems.add(policy + ": lets somebody in to port " + wanted.text() + ", which nobody has");
                }
            }
        }
    }

    private static boolean hasPort(Resource workload, Node wanted) {
        return workload.containers().stream()
                .flatMap(container -> container.at("ports").items().stream())
                .anyMatch(port -> wanted.equals(port.at("name")) || wanted.equals(port.at("containerPort")));
    }
}
