package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/** Checks that the pods of each workload have one disruption budget and that the budget lets nodes be drained. */
class DisruptionBudgetCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        var budgets = resources.ofKind("PodDisruptionBudget");
        for (var workload : resources.workloads()) {
            var own = budgets.stream()
                    .filter(budget ->
                            LabelSelector.of(budget.spec().at("selector")).matches(workload.podLabels()))
                    .count();
            if (own != 1) {
                problems.add(workload + ": has " + own + " disruption budgets");
            }
        }
        for (var budget : budgets) {
            if (budget.spec().at("maxUnavailable").number(0) < 1) {
                problems.add(budget + ": allows no eviction, so no node can be drained");
            }
        }
        return problems;
    }
}
