package dev.orderflow.bench;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What we measured beside what we measure it against.
 *
 * @param baseline one per round
 * @param ours     one per round, taken right after the baseline of the same place
 * @param better   which way values should go
 * @param target   what is asked of it; null when nothing is
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

    /** A speed: more is better. */
    public Comparison(String name, String unit, Samples baseline, Samples ours) {
        this(name, unit, baseline, ours, Better.MORE, null);
    }

    public Comparison withTarget(Target asked) {
        return new Comparison(name, unit, baseline, ours, better, asked);
    }

    /** The same where less is better: a time, or a loss. */
    public Comparison lessIsBetter() {
        return new Comparison(name, unit, baseline, ours, Better.LESS, target);
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
