package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Checks that pods have only the rights they need: the Pod Security Standard "restricted", which their namespace
 * enforces, a read-only root, and a token of the API server only if a RoleBinding names what it is for.
 */
class HardeningCheck implements Check {

    private record Rule(String problem, Predicate<Node> isKept) {}

    private static final List<Rule> OF_PODS = List.of(
            new Rule(
                    "may run as root",
                    pod -> pod.at("securityContext", "runAsNonRoot").is(true)
                            && pod.at("securityContext", "runAsUser").number(0) > 0),
            new Rule(
                    "has no seccomp profile",
                    pod -> pod.at("securityContext", "seccompProfile", "type").is("RuntimeDefault")),
            new Rule(
                    "gets variables named after Services",
                    pod -> pod.at("enableServiceLinks").is(false)));

    private static final List<Rule> OF_CONTAINERS = List.of(
            new Rule(
                    "may gain privileges",
                    container -> container
                            .at("securityContext", "allowPrivilegeEscalation")
                            .is(false)),
            new Rule(
                    "may change its own files",
                    container -> container
                            .at("securityContext", "readOnlyRootFilesystem")
                            .is(true)),
            new Rule(
                    "has capabilities",
                    container -> container.at("securityContext", "capabilities", "drop").items().stream()
                            .anyMatch(capability -> capability.is("ALL"))),
            new Rule(
                    "has no folder for temporary files",
                    container -> container.at("volumeMounts").items().stream()
                            .anyMatch(mount -> mount.at("mountPath").is("/tmp"))));

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var namespace : resources.ofKind("Namespace")) {
            if (!"restricted".equals(namespace.labels().get("pod-security.kubernetes.io/enforce"))) {
                problems.add(namespace + ": does not enforce Pod Security \"restricted\"");
            }
        }
        for (var workload : resources.withPods()) {
            if (!workload.pod().at("automountServiceAccountToken").is(false) && !hasRole(workload, resources)) {
                problems.add(workload + ": gets a token of the API server");
            }
            OF_PODS.stream()
                    .filter(rule -> !rule.isKept().test(workload.pod()))
                    .forEach(rule -> problems.add(workload + ": " + rule.problem()));
            for (var container : workload.containers()) {
                OF_CONTAINERS.stream()
                        .filter(rule -> !rule.isKept().test(container))
                        .forEach(rule -> problems.add(workload + ": " + rule.problem()));
            }
        }
        return problems;
    }

    private static boolean hasRole(Resource workload, Resources resources) {
        var account = workload.pod().at("serviceAccountName");
        return account.exists()
                && resources.ofKind("RoleBinding").stream()
                        .flatMap(binding -> binding.content().at("subjects").items().stream())
                        .anyMatch(subject -> account.equals(subject.at("name")));
    }
}
