package dev.orderflow.deployment;

import java.util.List;

/** Something that must hold for resources that are applied together. */
@FunctionalInterface
interface Check {

    /** One sentence for each place where it does not hold, beginning with the resource. */
    List<String> problems(Resources resources);
}
