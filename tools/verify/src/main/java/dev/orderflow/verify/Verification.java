package dev.orderflow.verify;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.orderflow.verify.evidence.EvidenceReader;
import dev.orderflow.verify.evidence.InFlight;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Sources;
import dev.orderflow.verify.rules.FindingHistory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Checks the promise: every event is published and consumed exactly once and in order, and stock, money and points are
 * conserved. Reads databases, topics and the external systems, whether or not services are running, and writes nothing.
 */
public final class Verification {

    private static final Duration CONFIRMATION = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Sources sources;
    private final Clock clock;
    private final Duration confirmation;
    private final long mostEvents;

    public Verification(Sources sources, Clock clock) {
        this(sources, clock, CONFIRMATION, EvidenceReader.fittingMemory());
    }

    /**
     * Creates a verification.
     *
     * @param confirmation how long a finding must persist to count as a violation
     * @param mostEvents approximate number of events kept in memory at once
     */
    Verification(Sources sources, Clock clock, Duration confirmation, long mostEvents) {
        this.sources = sources;
        this.clock = clock;
        this.confirmation = confirmation;
        this.mostEvents = mostEvents;
    }

    /**
     * Repeats its look while there are findings that may still be resolved.
     *
     * @param timeout time after which to judge in any case; findings that then wait for a running service are
     *                violations. Below three seconds, violations cannot be distinguished from work in progress, so only
     *                an idle suite is judged correctly
     * @throws dev.orderflow.verify.evidence.SourceAwayException when a source cannot be read
     */
    public Report verify(Duration timeout) {
        var begin = clock.instant();
        var judge = new Judge(begin, timeout, confirmation, FindingHistory.fittingMemory());
        try (var reader = new EvidenceReader(sources, mostEvents)) {
            while (true) {
                judge.beginLook();
                var look = new Look(judge::collector);
                reader.read(look::add);
                var now = clock.instant();
                var inFlight = look.inFlight();
                if (judge.isEnough(look.found(), inFlight, look.fingerprint(), now) || !pause()) {
                    return new Report(
                            look.outcomes().entrySet().stream()
                                    .map(entry -> judge.judge(
                                            entry.getKey(),
                                            entry.getValue(),
                                            look.found(entry.getKey()),
                                            inFlight,
                                            now))
                                    .toList(),
                            stopped(inFlight),
                            Duration.between(begin, now));
                }
            }
        }
    }

    private static Set<Service> stopped(InFlight inFlight) {
        return Arrays.stream(Service.values())
                .filter(service -> !inFlight.isRunning(service))
                .collect(toUnmodifiableSet());
    }

    /** Waits for the next look; false when interrupted. */
    private static boolean pause() {
        try {
            return !new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
