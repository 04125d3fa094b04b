package dev.orderflow.deployment;

import java.util.List;
import java.util.stream.Stream;

/**
 * One change to good manifests that a check must find.
 *
 * @param from text that occurs exactly once in good.yaml and is replaced by {@code to}
 */
record Mistake(Class<? extends Check> check, String from, String to, String problem) {

    /** {@return all mistakes, at least one for each check} */
    static List<Mistake> all() {
        return Stream.concat(Mistakes.ofOperation().stream(), SecurityMistakes.all().stream())
                .toList();
    }

    @Override
    public String toString() {
        return check.getSimpleName() + ": " + problem;
    }
}
