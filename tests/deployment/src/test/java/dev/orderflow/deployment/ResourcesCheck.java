package dev.orderflow.deployment;

import io.kubernetes.client.custom.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Checks that each container requests CPU and memory, has a memory limit, and requests no more than its limits. */
class ResourcesCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var workload : resources.withPods()) {
            for (var container : workload.containers()) {
                var requests = container.at("resources", "requests").strings();
                var limits = container.at("resources", "limits").strings();
                if (!requests.keySet().containsAll(List.of("cpu", "memory")) || !limits.containsKey("memory")) {
                    problems.add(workload + ": must request cpu and memory, and have a memory limit");
                }
                requests.forEach((resource, request) -> {
                    var limit = limits.get(resource);
                    if (limit != null && number(request).compareTo(number(limit)) > 0) {
                        problems.add(workload + ": requests more " + resource + " than its limit of " + limit);
                    }
                });
            }
        }
        return problems;
    }

    private static BigDecimal number(String quantity) {
        return Quantity.fromString(quantity).getNumber();
    }
}
