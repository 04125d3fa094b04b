package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.process.Part;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Follows replays and prints a line for each change; readable in a terminal and in a log. */
final class ReplayProgress {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** Maximum absence of a service. A restarted service continues its replays. */
    private static final Duration ABSENCE = Duration.ofMinutes(1);

    private final PrintWriter out;
    private final Function<Part, DeadLetters> letters;
    private final Patience patience = new Patience(ABSENCE);
    private final Map<Part, Replay> latest = new EnumMap<>(Part.class);

    ReplayProgress(PrintWriter out, Function<Part, DeadLetters> letters) {
        this.out = out;
        this.letters = letters;
    }

    /**
     * Waits for the end of all replays and returns whether no letter is dead again.
     *
     * @throws dev.orderflow.demo.client.ShopAwayException when a service stays unavailable
     */
    boolean follow(Map<Part, Replay> replays) {
        replays.forEach(this::note);
        while (!latest.values().stream().allMatch(Replay::isOver)) {
            if (!pause()) {
                return false;
            }
            replays.forEach((part, replay) ->
                    note(part, patience.call(() -> letters.apply(part).replay(replay.id()))));
        }
        latest.forEach((part, replay) -> out.println(part.label() + ": " + result(replay)));
        return latest.values().stream().allMatch(replay -> replay.deadAgain() == 0);
    }

    private void note(Part part, Replay now) {
        var before = latest.put(part, now);
        if (before == null || !before.progress().equals(now.progress())) {
            out.println("  " + part.label() + ": " + now.progress());
            out.flush();
        }
    }

    private static String result(Replay replay) {
        return String.format(
                Locale.ROOT,
                "replayed %d, dead again %d%s",
                replay.replayed(),
                replay.deadAgain(),
                replay.discarded() == 0 ? "" : String.format(Locale.ROOT, ", discarded %d", replay.discarded()));
    }

    /** Waits before the next poll; false when interrupted. */
    private static boolean pause() {
        try {
            return !new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
