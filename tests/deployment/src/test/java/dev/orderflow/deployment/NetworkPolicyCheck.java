package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks that policies deny all traffic that is not allowed. Each workload that serves others (databases, brokers, HTTP
 * servers) has an ingress policy and each service an egress policy. Each policy selects existing pods and named ports. A
 * label by which pods get access has an egress policy as well, since the default denies that too.
 */
class NetworkPolicyCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        var policies = resources.ofKind("NetworkPolicy");
        if (policies.stream().noneMatch(NetworkPolicyCheck::deniesAll)) {
            problems.add("NetworkPolicy: none denies all traffic by default");
        }
        for (var workload : resources.workloads()) {
            if (policies.stream().noneMatch(policy -> allows(policy, "egress", workload))) {
                problems.add(workload + ": no NetworkPolicy lists its egress");
            }
            if (workload.kind().equals("StatefulSet")
                    && policies.stream().noneMatch(policy -> allows(policy, "ingress", workload))) {
                problems.add(workload + ": no NetworkPolicy lists its ingress");
            }
        }
        for (var policy : policies) {
            checkPorts(policy, resources, problems);
            checkCallers(policy, resources, problems);
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
                    problems.add(policy + ": allows access to port " + wanted.text() + ", which no pod has");
                }
            }
        }
    }

    /** Checks the callers that are not workloads of these manifests, which can have no policy but that of their label. */
    private static void checkCallers(Resource policy, Resources resources, List<String> problems) {
        for (var rule : policy.spec().at("ingress").items()) {
            for (var source : rule.at("from").items()) {
                var caller = LabelSelector.of(source.at("podSelector"));
                if (!source.at("namespaceSelector").exists()
                        && !caller.labels().isEmpty()
                        && resources.selected(caller).isEmpty()
                        && resources.ofKind("NetworkPolicy").stream()
                                .noneMatch(other -> allows(other, "egress", caller))) {
                    problems.add(policy + ": no NetworkPolicy allows the egress of " + caller.labels());
                }
            }
        }
    }

    private static boolean allows(Resource policy, String direction, LabelSelector pods) {
        return !policy.spec().at(direction).items().isEmpty()
                && LabelSelector.of(policy.spec().at("podSelector")).matches(pods.labels())
                && !LabelSelector.of(policy.spec().at("podSelector")).isEmpty();
    }

    private static boolean hasPort(Resource workload, Node wanted) {
        return workload.containers().stream()
                .flatMap(container -> container.at("ports").items().stream())
                .anyMatch(port -> wanted.equals(port.at("name")) || wanted.equals(port.at("containerPort")));
    }
}
