package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that each port reference resolves: of Services and probes in containers, of monitors and Ingresses in
 * Services.
 */
class PortCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var service : resources.ofKind("Service")) {
            var targets =
                    resources.selected(LabelSelector.ofLabels(service.spec().at("selector")));
            for (var port : service.spec().at("ports").items()) {
                var wanted = port.at("targetPort").exists() ? port.at("targetPort") : port.at("port");
                if (targets.stream().noneMatch(target -> hasPort(target, wanted))) {
                    problems.add(service + ": no container has the target port " + wanted.text());
                }
            }
        }
        for (var workload : resources.workloads()) {
            for (var container : workload.containers()) {
                for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                    Stream.of("httpGet", "tcpSocket")
                            .map(way -> container.at(probe, way, "port"))
                            .filter(Node::exists)
                            .filter(port -> !hasPort(container, port))
                            .forEach(port -> problems.add(workload + ": " + probe + " asks the port " + port.text()
                                    + ", which does not exist"));
                }
            }
        }
        for (var monitor : resources.ofKind("ServiceMonitor")) {
            var selector = LabelSelector.of(monitor.spec().at("selector"));
            for (var endpoint : monitor.spec().at("endpoints").items()) {
                resources.ofKind("Service").stream()
                        .filter(service -> selector.matches(service.labels()))
                        .filter(service -> !serviceHasPort(service, endpoint.at("port")))
                        .forEach(service -> problems.add(monitor + ": " + service + " has no port "
                                + endpoint.at("port").text()));
            }
        }
        return problems;
    }

    /** Returns whether the Service has the port, given by name or number. */
    static boolean serviceHasPort(Resource service, Node port) {
        return service.spec().at("ports").items().stream()
                .anyMatch(candidate -> isEither(port, candidate.at("name"), candidate.at("port")));
    }

    private static boolean hasPort(Resource workload, Node port) {
        return workload.containers().stream().anyMatch(container -> hasPort(container, port));
    }

    private static boolean hasPort(Node container, Node port) {
        return container.at("ports").items().stream()
                .anyMatch(candidate -> isEither(port, candidate.at("name"), candidate.at("containerPort")));
    }

    private static boolean isEither(Node port, Node name, Node number) {
        return port.exists() && (port.equals(name) || port.equals(number));
    }
}
