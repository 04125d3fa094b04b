package dev.orderflow.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks that the roll-out of a Deployment removes no pod before its replacement is ready, lets pods finish, and fails
 * when the new pods do not become ready.
 */
class RolloutCheck implements Check {

    private final Repository repository;

    RolloutCheck(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var deployment : resources.ofKind("Deployment")) {
            if (!deployment
                    .spec()
                    .at("strategy", "rollingUpdate", "maxUnavailable")
                    .is(0)) {
                problems.add(deployment + ": a roll-out may remove pods before there are others");
            }
            for (var container : deployment.containers()) {
                checkStop(deployment, container, problems);
                checkStart(deployment, container, problems);
            }
        }
        return problems;
    }

    private void checkStop(Resource deployment, Node container, List<String> problems) {
        var sleep = container.at("lifecycle", "preStop", "sleep", "seconds").number(0);
        if (sleep <= 0) {
            problems.add(deployment + ": has no preStop, so requests still arrive after its stop");
        }
        var settings = repository.module(container).map(repository::settings).orElse(Map.of());
        if (!"graceful".equals(settings.get("server.shutdown"))) {
            problems.add(deployment + ": does not shut down gracefully");
        }
        var phase = settings.getOrDefault("spring.lifecycle.timeout-per-shutdown-phase", "30s");
        var needed = sleep + Duration.parse("PT" + phase).toSeconds();
        var grace = deployment.pod().at("terminationGracePeriodSeconds").number(30);
        if (grace <= needed) {
            problems.add(deployment + ": is killed after " + grace + " s, but may need more than " + needed + " s");
        }
    }

    private static void checkStart(Resource deployment, Node container, List<String> problems) {
        var probe = container.at("startupProbe");
        var start = probe.at("periodSeconds").number(10)
                * probe.at("failureThreshold").number(3);
        var deadline = deployment.spec().at("progressDeadlineSeconds").number(600);
        if (deadline <= start) {
            problems.add(
                    deployment + ": a roll-out fails after " + deadline + " s, but a start may take " + start + " s");
        }
    }
}
