package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that each Deployment has one autoscaler and does not set the number of its pods itself. */
class AutoscalingCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        var autoscalers = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                .flatMap(kind -> resources.ofKind(kind).stream())
                .toList();
        for (var autoscaler : autoscalers) {
            if (resources.find("Deployment", target(autoscaler)).isEmpty()) {
                problems.add(autoscaler + ": there is no Deployment " + target(autoscaler));
            }
        }
        for (var deployment : resources.ofKind("Deployment")) {
            var own = autoscalers.stream()
                    .filter(autoscaler -> target(autoscaler).equals(deployment.name()))
                    .count();
            if (own != 1) {
                problems.add(deployment + ": has " + own + " autoscalers");
            }
            if (deployment.spec().at("replicas").exists()) {
                problems.add(deployment + ": sets the number of pods, which reverts the autoscaler at every change");
            }
        }
        return problems;
    }

    private static String target(Resource autoscaler) {
        return autoscaler.spec().at("scaleTargetRef", "name").text();
    }
}
