package dev.orderflow.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Locale;

/**
 * How often a baseline and ours are measured. They alternate (baseline, ours, baseline, ours…), so that what changes on the
 * machine in the meantime meets both.
 *
 * @param counted at least 1
 * @param warmUps measured before those and thrown away
 * @param out     gets a line per measured pair
 */
public record Rounds(int counted, int warmUps, PrintWriter out) {

    /** What is measured of {@code baseline} and of {@code ours}, in {@code unit}. More is better. */
    public Comparison measure(String name, String unit, Measurement baseline, Measurement ours) {
        var baselines = new ArrayList<Double>();
        var measured = new ArrayList<Double>();
        run(number -> {
            var baselineOfRound = baseline.measure();
            var oursOfRound = ours.measure();
            line(number, "%s: baseline %,.0f %s, ours %,.0f", name, baselineOfRound, unit, oursOfRound);
            if (number > 0) {
                baselines.add(baselineOfRound);
                measured.add(oursOfRound);
            }
        });
        return new Comparison(name, unit, new Samples(baselines), new Samples(measured));
    }

    /** The same, but with at least so many warm-ups. */
    public Rounds withWarmUps(int atLeast) {
        return new Rounds(counted, Math.max(warmUps, atLeast), out);
    }

    /** Does {@code round} for each round; its number is 0 or less for a warm-up, then 1, 2, 3… */
    public void run(Round round) {
        for (var number = 1 - warmUps; number <= counted; number++) {
            round.run(number);
        }
    }

    /** Tells what a round measured. */
    public void line(int number, String format, Object... values) {
        out.printf(
                Locale.ROOT,
                "%-8s %s%n",
                number > 0 ? "round " + number : "warm-up",
                String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** What is done in a round. */
    @FunctionalInterface
    public interface Round {

        void run(int number);
    }
}
