package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that each service has an issuer of access tokens, without which it does not start, and that nothing switches
 * access control off. Only the demo's issuer, which runs beside the services, is asked for its keys without TLS.
 */
class AccessCheck implements Check {

    private static final String SETTING = "spring.security.oauth2.resourceserver.jwt.issuer-uri";
    private static final String ENABLED = "EDGE_SECURITY_ENABLED";

    private final Repository repository;

    AccessCheck(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var workload : resources.workloads()) {
            for (var container : workload.containers()) {
                if (repository
                        .module(container)
                        .filter(module -> repository.settings(module).containsKey(SETTING))
                        .isPresent()) {
                    check(workload, container, resources, problems);
                }
            }
        }
        return problems;
    }

    private static void check(Resource workload, Node container, Resources resources, List<String> problems) {
        var environment = environment(container, resources);
        var isDemo =
                resources.workloads().stream().anyMatch(other -> other.name().equals("sandbox"));
        for (var name : List.of("SECURITY_ISSUER", "SECURITY_JWK_SET")) {
            var value = environment.getOrDefault(name, "");
            if (value.isBlank()) {
                problems.add(workload + ": " + name + " is empty");
            } else if (!isDemo && !value.startsWith("https://")) {
                problems.add(workload + ": " + name + " is not fetched over TLS: " + value);
            }
            if (container.at("env").items().stream()
                    .filter(variable -> variable.at("name").is(name))
                    .anyMatch(variable -> variable.at("valueFrom", "configMapKeyRef", "optional")
                            .is(true))) {
                problems.add(workload + ": starts without " + name + ", which is optional");
            }
        }
        if (!environment.getOrDefault(ENABLED, "true").equals("true")) {
            problems.add(workload + ": " + ENABLED + " switches access control off");
        }
        if (!environment.getOrDefault("EDGE_SECURITY_ANYADDRESS", "").equals("true")) {
            problems.add(workload + ": refuses probes, which call it by its address");
        }
    }

    /** Returns the variables of a container that are not secret, as the cluster would resolve them. */
    private static Map<String, String> environment(Node container, Resources resources) {
        var environment = new HashMap<String, String>();
        for (var source : container.at("envFrom").items()) {
            environment.putAll(data(source.at("configMapRef", "name"), resources));
        }
        for (var variable : container.at("env").items()) {
            var reference = variable.at("valueFrom", "configMapKeyRef");
            var value = reference.exists()
                    ? data(reference.at("name"), resources)
                            .getOrDefault(reference.at("key").text(), "")
                    : variable.at("value").text();
            environment.put(variable.at("name").text(), value);
        }
        return environment;
    }

    private static Map<String, String> data(Node name, Resources resources) {
        return resources
                .find("ConfigMap", name.text())
                .map(map -> map.content().at("data").strings())
                .orElse(Map.of());
    }
}
