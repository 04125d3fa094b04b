package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Checks that an Ingress routes to existing Services' ports, over TLS, and never to the operators' endpoints. Its
 * backend trusts forwarded client addresses; no other service may.
 */
class IngressCheck implements Check {

    private static final String FORWARDED = "SERVER_FORWARDHEADERSSTRATEGY";

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        var behind = new HashSet<Resource>();
        for (var ingress : resources.ofKind("Ingress")) {
            if (ingress.spec().at("tls").items().isEmpty()) {
                problems.add(ingress + ": has no TLS");
            }
            for (var rule : ingress.spec().at("rules").items()) {
                for (var path : rule.at("http", "paths").items()) {
                    var service = path.at("backend", "service", "name").text();
                    var port = path.at("backend", "service", "port");
                    var number = port.at("name").exists() ? port.at("name") : port.at("number");
                    resources
                            .find("Service", service)
                            .map(found -> resources.selected(
                                    LabelSelector.ofLabels(found.spec().at("selector"))))
                            .ifPresent(behind::addAll);
                    if (resources
                            .find("Service", service)
                            .filter(found -> PortCheck.serviceHasPort(found, number))
                            .isEmpty()) {
                        problems.add(ingress + ": there is no port " + number.text() + " of a Service " + service);
                    }
                    if (!path.at("path").text().startsWith("/api/")) {
                        problems.add(ingress + ": routes outsiders to "
                                + path.at("path").text());
                    }
                }
            }
        }
        for (var workload : resources.workloads()) {
            if (believesForwardedHeaders(workload) != behind.contains(workload)) {
                problems.add(workload + ": must have " + FORWARDED + "=native behind an Ingress, and nowhere else");
            }
        }
        return problems;
    }

    private static boolean believesForwardedHeaders(Resource workload) {
        return workload.containers().stream()
                .flatMap(container -> container.at("env").items().stream())
                .anyMatch(variable -> variable.at("name").text().equals(FORWARDED)
                        && variable.at("value").text().equals("native"));
    }
}
