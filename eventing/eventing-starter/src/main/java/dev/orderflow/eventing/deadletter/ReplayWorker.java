package dev.orderflow.eventing.deadletter;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Works on the replays that are running, turn by turn, one chunk each. It is woken by a request of this process, and looks by
 * itself for those that another instance left behind.
 * <p>
 * A failure takes its chunk back and is tried again, as a database that was away needs nothing else. Only a letter that fails
 * {@value #MOST_FAILURES} times while all before it could be read is given back, so that it does not stop the others.
 */
public class ReplayWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayWorker.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_CHUNK = Duration.ofSeconds(10);
    private static final int MOST_FAILURES = 3;

    private final ReplayChunks chunks;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Map<UUID, Integer> failures = new HashMap<>();

    private volatile @Nullable Thread thread;
    private boolean failing;

    public ReplayWorker(ReplayChunks chunks) {
        this.chunks = chunks;
    }

    /** There may be a new replay. Cheap; may be called from any thread. */
    public void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    @Override
    public void start() {
        var starting = Thread.ofPlatform().name("dead-letter-replay").unstarted(this::run);
        thread = starting;
        starting.start();
    }

    /** Ends after the chunk that is under way. */
    @Override
    public void stop() {
        var stopping = thread;
        thread = null;
        wakeUp.release();
        if (stopping != null) {
            try {
                stopping.join(LONGEST_CHUNK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            while (isCurrent()) {
                var pause = pass();
                if (isCurrent() && wakeUp.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    wakeUp.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("replays=stopping");
        }
    }

    private boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /** Moves each running replay on, and returns how long nothing can be done for any. */
    private Duration pass() {
        var pause = IDLE;
        try {
            for (var replay : chunks.running()) {
                if (!isCurrent()) {
                    return pause;
                }
                pause = shorter(pause, advance(replay));
            }
            failing = false;
        } catch (RuntimeException e) {
            failed(e);
            pause = ReplayChunks.LONGEST_PAUSE;
        }
        return pause;
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

    /** One line, however long it lasts. */
    private void failed(RuntimeException e) {
        if (!failing) {
            LOG.warn("replays=failed retryEvery={} cause=\"{}\"", ReplayChunks.LONGEST_PAUSE, cause(e));
        }
        failing = true;
    }

    private static String cause(RuntimeException e) {
        return NestedExceptionUtils.getMostSpecificCause(e).toString();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
