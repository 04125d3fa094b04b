package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that routes lead from a gateway with TLS to existing Services' ports, never to the operators' endpoints, and
 * that a policy limits requests and bodies. Their backend trusts forwarded client addresses; no other service may.
 */
class GatewayCheck implements Check {

    private static final String FORWARDED = "SERVER_FORWARDHEADERSSTRATEGY";

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        if (!resources.ofKind("Ingress").isEmpty()) {
            problems.add("Ingress: the controller most clusters have for it is retired; use an HTTPRoute");
        }
        for (var gateway : resources.ofKind("Gateway")) {
            checkTls(gateway, problems);
        }
        var behind = new HashSet<Resource>();
        for (var route : resources.ofKind("HTTPRoute")) {
            checkRoute(route, resources, problems, behind);
        }
        for (var workload : resources.workloads()) {
            if (believesForwardedHeaders(workload) != behind.contains(workload)) {
                problems.add(workload + ": must have " + FORWARDED + "=native behind a gateway, and nowhere else");
            }
        }
        return problems;
    }

    private static void checkTls(Resource gateway, List<String> problems) {
        for (var listener : gateway.spec().at("listeners").items()) {
            if (!listener.at("protocol").is("HTTPS")
                    || listener.at("tls", "certificateRefs").items().isEmpty()) {
                problems.add(gateway + ": a listener has no TLS");
            }
        }
    }

    private static void checkRoute(Resource route, Resources resources, List<String> problems, Set<Resource> behind) {
        for (var parent : route.spec().at("parentRefs").items()) {
            if (resources.find("Gateway", parent.at("name").text()).isEmpty()) {
                problems.add(
                        route + ": there is no Gateway " + parent.at("name").text());
            }
        }
        if (resources.ofKind("BackendTrafficPolicy").stream().noneMatch(policy -> limits(policy, route))) {
            problems.add(route + ": no policy limits the rate of requests and the size of bodies");
        }
        for (var rule : route.spec().at("rules").items()) {
            for (var match : rule.at("matches").items()) {
                var path = match.at("path", "value").text();
                if (!path.startsWith("/api/")) {
                    problems.add(route + ": routes outsiders to " + path);
                }
            }
            for (var backend : rule.at("backendRefs").items()) {
                checkBackend(route, backend, resources, problems, behind);
            }
        }
    }

    private static boolean limits(Resource policy, Resource route) {
        return policy.spec().at("targetRefs").items().stream()
                        .anyMatch(target -> target.at("kind").is("HTTPRoute")
                                && target.at("name").is(route.name()))
                && !policy.spec().at("rateLimit", "local", "rules").items().isEmpty()
                && policy.spec().at("requestBuffer", "limit").exists();
    }

    private static void checkBackend(
            Resource route, Node backend, Resources resources, List<String> problems, Set<Resource> behind) {
        var service = resources.find("Service", backend.at("name").text());
        service.map(found ->
                        resources.selected(LabelSelector.ofLabels(found.spec().at("selector"))))
                .ifPresent(behind::addAll);
        if (service.filter(found -> PortCheck.serviceHasPort(found, backend.at("port")))
                .isEmpty()) {
            problems.add(route + ": there is no port " + backend.at("port").text() + " of a Service "
                    + backend.at("name").text());
        }
    }

    private static boolean believesForwardedHeaders(Resource workload) {
        return workload.containers().stream()
                .flatMap(container -> container.at("env").items().stream())
                .anyMatch(variable -> variable.at("name").text().equals(FORWARDED)
                        && variable.at("value").text().equals("native"));
    }
}
