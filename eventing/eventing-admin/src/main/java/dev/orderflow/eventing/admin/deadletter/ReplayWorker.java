package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Works on the running replays in turn, one chunk each. A request in this process wakes it. It also polls for replays that
 * another instance left unfinished.
 * <p>
 * A failure rolls back its chunk, which is then retried. This suffices for a database that was unavailable. A letter that fails
 * {@value #MOST_FAILURES} times, while all letters before it could be read, is made dead again, so that it does not block the
 * others.
 */
class ReplayWorker extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayWorker.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_CHUNK = Duration.ofSeconds(10);
    private static final int MOST_FAILURES = 3;

    private final ReplayChunks chunks;
    private final Map<UUID, Integer> failures = new HashMap<>();

    private boolean failing;

    ReplayWorker(ReplayChunks chunks) {
        // At shutdown, the current chunk is completed.
        super(Loop.onPlatformThread("dead-letter-replay"), LONGEST_CHUNK, Duration.ZERO);
        this.chunks = chunks;
    }

    /** Signals that there may be a new replay. Cheap; may be called from any thread. */
    void wake() {
        loop().wake();
    }

    /** Advances each running replay, and returns the time to wait before the next round. */
    @Override
    public Duration round() {
        var pause = IDLE;
        for (var replay : chunks.running()) {
            if (!loop().goesOn()) {
                return pause;
            }
            pause = shorter(pause, advance(replay));
            loop().progressed();
        }
        failing = false;
        return pause;
    }

    /** Logs the first of consecutive failures only. */
    @Override
    public Duration failed(Throwable e) {
        if (!failing) {
            LOG.warn("replays=failed retryEvery={} cause=\"{}\"", ReplayChunks.LONGEST_PAUSE, cause(e));
        }
        failing = true;
        return ReplayChunks.LONGEST_PAUSE;
    }

    private Duration advance(UUID replay) {
        try {
            return chunks.advance(replay).orElse(IDLE);
        } catch (UnsendableLetterException e) {
            unsendable(e);
            return ReplayChunks.LONGEST_PAUSE;
        }
    }

    private void unsendable(UnsendableLetterException e) {
        var letter = e.letter();
        if (failures.merge(letter.id(), 1, Integer::sum) < MOST_FAILURES) {
            return;
        }
        chunks.giveBack(letter.id());
        failures.remove(letter.id());
        LOG.warn(
                "replay=abandoned deadLetter={} event={} cause=\"{}\"",
                letter.id(),
                letter.source().id(),
                cause(e));
    }

    private static String cause(Throwable e) {
        return NestedExceptionUtils.getMostSpecificCause(e).toString();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
