package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks that each container has all probes and that those of the suite's applications call existing endpoints on the
 * right port.
 */
class ProbeCheck implements Check {

    private static final Set<String> ENDPOINTS = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    private final Repository repository;

    ProbeCheck(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var workload : resources.workloads()) {
            for (var container : workload.containers()) {
                for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                    if (!container.at(probe).exists()) {
                        problems.add(workload + ": has no " + probe);
                    }
                    repository
                            .module(container)
                            .ifPresent(module -> checkEndpoint(workload, container, probe, module, problems));
                }
            }
        }
        return problems;
    }

    private void checkEndpoint(Resource workload, Node container, String probe, String module, List<String> problems) {
        var settings = repository.settings(module);
        if (!"true".equals(settings.get("management.endpoint.health.probes.enabled"))
                || !settings.getOrDefault("management.endpoints.web.exposure.include", "")
                        .contains("health")) {
            problems.add(workload + ": " + module + " does not offer endpoints for probes");
        }
        var path = container.at(probe, "httpGet", "path").text();
        if (!ENDPOINTS.contains(path)) {
            problems.add(workload + ": " + probe + " asks " + path + ", which is not an endpoint");
        }
        if (probe.equals("livenessProbe") && path.endsWith("readiness")) {
            problems.add(workload + ": a restart of a pod that is not ready repairs nothing");
        }
        var port = container.at(probe, "httpGet", "port");
        var served = container.at("ports").items().stream()
                .filter(candidate -> candidate.at("name").equals(port))
                .map(candidate -> candidate.at("containerPort").text())
                .toList();
        if (!served.contains(settings.getOrDefault("management.server.port", ""))) {
            problems.add(workload + ": " + probe + " asks port " + served + ", but " + module + " is managed on "
                    + settings.get("management.server.port"));
        }
    }
}
