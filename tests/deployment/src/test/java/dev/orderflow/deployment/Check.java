package dev.orderflow.deployment;

import java.util.List;

/** Rule that must hold for a set of resources that are applied together. */
@FunctionalInterface
interface Check {

    /** Returns one sentence for each violation, which begins with the resource. */
    List<String> problems(Resources resources);
}
