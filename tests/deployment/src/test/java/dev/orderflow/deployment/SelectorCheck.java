package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks that each label selector matches something: a workload's selects its own pods, a Service's and a disruption
 * budget's select pods, a monitor's selects Services.
 */
class SelectorCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var workload : resources.workloads()) {
            var selector = LabelSelector.of(workload.spec().at("selector"));
            if (selector.isEmpty() || !selector.matches(workload.podLabels())) {
                problems.add(workload + ": its selector does not match the labels of its pods");
            }
            if (resources.selected(selector).size() > 1) {
                problems.add(workload + ": its selector also matches other workloads' pods");
            }
        }
        for (var service : resources.ofKind("Service")) {
            if (service.spec().at("selector").exists()) {
                var selector = LabelSelector.ofLabels(service.spec().at("selector"));
                if (resources.selected(selector).size() != 1) {
                    problems.add(service + ": its selector matches the pods of "
                            + resources.selected(selector).size() + " workloads");
                }
            }
        }
        for (var budget : resources.ofKind("PodDisruptionBudget")) {
            if (resources
                    .selected(LabelSelector.of(budget.spec().at("selector")))
                    .isEmpty()) {
                problems.add(budget + ": its selector matches no pods");
            }
        }
        for (var monitor : resources.ofKind("ServiceMonitor")) {
            var selector = LabelSelector.of(monitor.spec().at("selector"));
            if (resources.ofKind("Service").stream().noneMatch(service -> selector.matches(service.labels()))) {
                problems.add(monitor + ": its selector matches no Service");
            }
        }
        return problems;
    }
}
