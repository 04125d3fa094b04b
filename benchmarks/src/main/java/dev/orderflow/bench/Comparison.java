package dev.orderflow.bench;

import java.util.ArrayList;

/**
 * What we measured beside what we measure it against.
 *
 * @param baseline one per round
 * @param ours     one per round, taken right after the baseline of the same place
 */
public record Comparison(String name, String unit, Samples baseline, Samples ours) {

    public Comparison {
        if (baseline.values().size() != ours.values().size()) {
            throw new IllegalArgumentException(name + " has rounds without a baseline, or baselines without a round");
        }
    }

    /** Our median as a share of the baseline's. */
    public double ratio() {
        return ours.median() / baseline.median();
    }

    /** The ratio of each round, which tells how far they agree. */
    public Samples ratios() {
        var ratios = new ArrayList<Double>();
        for (var round = 0; round < rounds(); round++) {
            ratios.add(ours.values().get(round) / baseline.values().get(round));
        }
        return new Samples(ratios);
    }

    public int rounds() {
        return ours.values().size();
    }
}
