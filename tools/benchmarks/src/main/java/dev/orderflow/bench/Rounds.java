package dev.orderflow.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Number of measurements of a baseline and of Orderflow. They alternate (baseline, ours, baseline, ours…), so that
 * changes of the machine's speed affect both.
 *
 * @param counted at least 1
 * @param warmUps measured before those and discarded
 * @param out gets a line per measured pair
 */
public record Rounds(int counted, int warmUps, PrintWriter out) {

    /** Measures {@code baseline} and {@code ours} in {@code unit}. More is better. */
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

    /** Returns the same rounds with at least that many warm-ups. */
    public Rounds withWarmUps(int atLeast) {
        return new Rounds(counted, Math.max(warmUps, atLeast), out);
    }

    /** Runs {@code round} for each round; its number is 0 or less for a warm-up, then 1, 2, 3… */
    public void run(Round round) {
        for (var number = 1 - warmUps; number <= counted; number++) {
            round.run(number);
        }
    }

    /** Prints the result of a round. */
    public void line(int number, String format, Object... values) {
        out.printf(
                Locale.ROOT,
                "%-8s %s%n",
                number > 0 ? "round " + number : "warm-up",
                String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** Action of a round. */
    @FunctionalInterface
    public interface Round {

        void run(int number);
    }
}
