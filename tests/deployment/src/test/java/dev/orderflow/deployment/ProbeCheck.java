package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks that each container has all probes and that those of the suite's applications call existing endpoints on the
 * right port: readiness on the public one, which requests need, and the others on the management port.
 */
class ProbeCheck implements Check {

    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/readyz";

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
        var ready = probe.equals("readinessProbe");
        var path = container.at(probe, "httpGet", "path").text();
        if (!Set.of(LIVENESS, READINESS).contains(path)) {
            problems.add(workload + ": " + probe + " asks " + path + ", which is not an endpoint");
        }
        if (probe.equals("livenessProbe") && path.equals(READINESS)) {
            problems.add(workload + ": a restart of a pod that is not ready repairs nothing");
        }
        var port = container.at(probe, "httpGet", "port");
        var served = container.at("ports").items().stream()
                .filter(candidate -> candidate.at("name").equals(port))
                .map(candidate -> candidate.at("containerPort").text())
                .toList();
        var expected = settings.getOrDefault(ready ? "server.port" : "management.server.port", "");
        if (!served.contains(expected)) {
            problems.add(workload + ": " + probe + " asks port " + served + ", but " + module + " answers it on "
                    + expected);
        }
    }
}
