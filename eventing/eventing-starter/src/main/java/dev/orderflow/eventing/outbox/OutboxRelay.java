package dev.orderflow.eventing.outbox;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sends the outbox to Kafka.
 * <p>
 * One thread repeats: take the current snapshot; for the leased buckets read what became visible since their cursors, page by
 * page and by id, and send each page; when the broker has acknowledged all, the snapshot is the new cursor. It sleeps until
 * a local commit wakes it, and otherwise looks for what other instances wrote, the less often the longer nothing came.
 * <p>
 * Dying between sending and storing the cursor sends events again, in order; consumers drop what they have seen. Any failure
 * is answered the same way: forget the cursors and the producer, wait, begin at the stored cursors. No attempt is counted:
 * an outage is not the event's fault.
 */
public class OutboxRelay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration STORE_EVERY = Duration.ofSeconds(1);

    private final OutboxReader reader;
    private final OutboxSender sender;
    private final BucketLeases leases;
    private final RelaySettings settings;
    private final Counter published;
    private final Semaphore wakeUp = new Semaphore(0);

    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private long renewAt;
    private long storeAt;
    private boolean unstored;

    public OutboxRelay(
            OutboxReader reader, OutboxSender sender, BucketLeases leases, RelaySettings settings, Counter published) {
        this.reader = reader;
        this.sender = sender;
        this.leases = leases;
        this.settings = settings;
        this.published = published;
    }

    /** Something was committed to this database by this process. Cheap; may be called from any thread. */
    public void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        var starting = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
        thread = starting;
        starting.start();
    }

    @Override
    public void stop() {
        var stopping = thread;
        thread = null;
        stopped.countDown();
        if (stopping != null) {
            stopping.interrupt();
            try {
                stopping.join(Duration.ofSeconds(10));
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
            repeatUntilStopped();
        } catch (InterruptedException e) {
            LOG.debug("relay=stopping");
        } finally {
            finish();
        }
    }

    private void repeatUntilStopped() throws InterruptedException {
        var idle = settings.shortestPoll();
        var pause = settings.shortestRetry();
        renewAt = System.nanoTime();
        while (isRunning()) {
            try {
                var sent = pass();
                pause = settings.shortestRetry();
                idle = sent > 0 ? settings.shortestPoll() : shorter(idle.multipliedBy(2), settings.longestPoll());
                if (sent == 0) {
                    sleep(idle);
                }
            } catch (RuntimeException e) {
                if (!isRunning()) {
                    return;
                }
                LOG.warn(
                        "relay=failed retryIn={} cause=\"{}\"",
                        pause,
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
                startOver();
                if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = shorter(pause.multipliedBy(2), settings.longestRetry());
            }
        }
    }

    /** Sends all that is visible now, and returns how many events that were. */
    private int pass() throws InterruptedException {
        if (leaseIsDue()) {
            leases.renew();
        }
        var to = reader.currentSnapshot();
        var sent = 0;
        for (var share : sharesByCursor().entrySet()) {
            sent += drain(share.getValue(), share.getKey(), to);
            leases.sentUpTo(to, share.getValue());
        }
        unstored |= sent > 0;
        if (unstored && (sent == 0 || System.nanoTime() >= storeAt)) {
            leases.store(to);
            unstored = false;
            storeAt = System.nanoTime() + STORE_EVERY.toNanos();
        }
        return sent;
    }

    /** Buckets that were taken over at different times have come to different points; usually there is one share. */
    private Map<String, Set<Integer>> sharesByCursor() {
        var shares = new HashMap<String, Set<Integer>>();
        leases.cursors()
                .forEach((bucket, cursor) ->
                        shares.computeIfAbsent(cursor, key -> new TreeSet<>()).add(bucket));
        return shares;
    }

    private int drain(Set<Integer> buckets, String from, String to) throws InterruptedException {
        if (from.equals(to)) {
            return 0;
        }
        var first = reader.first(buckets, from, to);
        if (first.isEmpty()) {
            return 0;
        }
        var sent = 0;
        var next = first.getAsLong();
        while (true) {
            var page = reader.page(buckets, from, to, next, settings.pageSize());
            if (!page.isEmpty()) {
                sender.send(page);
                published.increment(page.size());
                sent += page.size();
                next = page.getLast().id() + 1;
            }
            if (page.size() < settings.pageSize()) {
                return sent;
            }
            if (!isRunning()) {
                throw new InterruptedException("stopped before the share was sent completely");
            }
            if (leaseIsDue()) {
                leases.extend();
            }
        }
    }

    private boolean leaseIsDue() {
        var now = System.nanoTime();
        if (now < renewAt) {
            return false;
        }
        renewAt = now + settings.lease().dividedBy(3).toNanos();
        return true;
    }

    private void sleep(Duration longest) throws InterruptedException {
        if (wakeUp.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUp.drainPermits();
        }
    }

    private void startOver() {
        sender.close();
        leases.forget();
        unstored = false;
        renewAt = System.nanoTime();
    }

    private void finish() {
        Thread.interrupted();
        sender.close();
        try {
            leases.releaseAll();
        } catch (RuntimeException e) {
            LOG.info("relay=stopped leases=\"left to expire\" cause=\"{}\"", e.toString());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
