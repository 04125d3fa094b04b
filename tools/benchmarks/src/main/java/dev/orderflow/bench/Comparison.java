package dev.orderflow.bench;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of Orderflow beside those of a baseline.
 *
 * @param baseline one per round
 * @param ours one per round, taken right after the baseline of the same round
 * @param better the direction of improvement
 * @param target required value; null when there is none
 */
public record Comparison(
        String name,
        String unit,
        Samples baseline,
        Samples ours,
        Better better,
        @Nullable Target target) {

    public Comparison {
        if (baseline.values().size() != ours.values().size()) {
            throw new IllegalArgumentException(name + " has rounds without a baseline, or baselines without a round");
        }
    }

    /** Creates a comparison of speeds, for which more is better. */
    public Comparison(String name, String unit, Samples baseline, Samples ours) {
        this(name, unit, baseline, ours, Better.MORE, null);
    }

    public Comparison withTarget(Target asked) {
        return new Comparison(name, unit, baseline, ours, better, asked);
    }

    /** Returns the same comparison for a time or a loss, for which less is better. */
    public Comparison lessIsBetter() {
        return new Comparison(name, unit, baseline, ours, Better.LESS, target);
    }

    /** {@return our median as a share of the baseline's} */
    public double ratio() {
        return ours.median() / baseline.median();
    }

    /** {@return the ratio of each round; their spread shows how far they agree} */
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
