package dev.orderflow.eventing.deadletter;

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
 * Works on the replays that are running, turn by turn, one chunk each. It is woken by a request of this process, and looks by
 * itself for those that another instance left behind.
 * <p>
 * A failure takes its chunk back and is tried again, as a database that was away needs nothing else. Only a letter that fails
 * {@value #MOST_FAILURES} times while all before it could be read is given back, so that it does not stop the others.
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
        // At the end, the chunk that is under way is finished.
        super(Loop.onPlatformThread("dead-letter-replay"), LONGEST_CHUNK, Duration.ZERO);
        this.chunks = chunks;
    }

    /** There may be a new replay. Cheap; may be called from any thread. */
    void wake() {
        loop().wake();
    }

    /** Moves each running replay on, and returns how long nothing can be done for any. */
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

    /** One line, however long it lasts. */
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
                "letter=given-back letter={} event={} cause=\"{}\"",
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
