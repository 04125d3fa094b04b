package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.wire.DutyCycle;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sends the outbox to Kafka.
 * <p>
 * One thread repeats: take the current position; for the leased buckets read what became visible since the position they were
 * read to, page by page and by id, and hand each page to the producer, which sends while the next ones are read; when all are
 * handed over, wait until the broker has acknowledged them. What is committed meanwhile is sent together in the next pass: the busier
 * the writers, the larger the batches. The relay sleeps until a local commit wakes it, or the relay of another instance that has seen
 * commits for its buckets; and it looks by itself, the less often the longer nothing came.
 * <p>
 * While it waits for a broker that is away its leases run out, so that an instance whose broker answers takes over.
 * <p>
 * Dying between sending and storing the position sends events again, in order; consumers drop what they have seen. Any failure
 * is answered the same way: forget the positions and the producer, wait, begin at the stored positions. No attempt is counted:
 * an outage is not the event's fault. Only an event that the broker refuses for good is put aside with those behind it.
 */
public class OutboxRelay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration STORE_EVERY = Duration.ofMillis(200);
    private static final Duration SHORTEST_PACE = Duration.ofMillis(5);
    private static final Duration LONGEST_PACE = Duration.ofMillis(10);

    private final OutboxReader reader;
    private final OutboxSender sender;
    private final BucketLeases leases;
    private final ParkedEvents parked;
    private final RelaySignals signals;
    private final RelaySettings settings;
    private final Semaphore wakeUp = new Semaphore(0);
    private final PageSize pageSize;
    private final DutyCycle duty = new DutyCycle(SHORTEST_PACE, LONGEST_PACE);
    /** Buckets that local commits wrote to since the last pass, as bits. */
    private final AtomicInteger written = new AtomicInteger();

    private volatile @Nullable Thread thread;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile int leased;
    private long renewAt;
    private long storeAt;
    private boolean unstored;
    private @Nullable SendingFailedException refused;

    public OutboxRelay(
            OutboxReader reader,
            OutboxSender sender,
            BucketLeases leases,
            ParkedEvents parked,
            RelaySignals signals,
            RelaySettings settings) {
        this.reader = reader;
        this.sender = sender;
        this.leases = leases;
        this.parked = parked;
        this.signals = signals;
        this.settings = settings;
        this.pageSize = new PageSize(settings.pageSize());
    }

    /**
     * Something was committed to this database by this process. Cheap; may be called from any thread.
     *
     * @param buckets a bit for each bucket that was written to
     */
    public void wake(int buckets) {
        written.accumulateAndGet(buckets, (one, other) -> one | other);
        wake();
    }

    private void wake() {
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
                duty.begin();
                var found = pass();
                pause = settings.shortestRetry();
                idle = found > 0 ? settings.shortestPoll() : shorter(idle.multipliedBy(2), settings.longestPoll());
                if (found > 0) {
                    stopped.await(duty.restNanos(found), TimeUnit.NANOSECONDS);
                }
                sleep(idle);
            } catch (RuntimeException e) {
                if (!isRunning()) {
                    return;
                }
                LOG.warn(
                        "relay=failed retryIn={} cause=\"{}\"",
                        pause,
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
                startOver(e);
                if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = shorter(pause.multipliedBy(2), settings.longestRetry());
            }
        }
    }

    /** Hands over all that is visible now, and returns how many events that were and in how many buckets there is something for others. */
    private int pass() throws InterruptedException {
        if (leaseIsDue()) {
            renew();
        }
        // What they told of was committed before, so this pass finds it.
        wakeUp.drainPermits();
        var others = written.getAndSet(0) & ~leased;
        signals.send(others);
        parkRefused();
        var sent = sendReleased();
        var to = reader.position(leases.incarnation());
        for (var share : leases.shares().entrySet()) {
            sent += drain(new OutboxReader.Difference(share.getKey(), to, share.getValue()));
        }
        if (sent > 0) {
            sender.flush();
            unstored = true;
        }
        leases.sentUpTo(to);
        if (unstored && System.nanoTime() >= storeAt) {
            leases.store();
            unstored = false;
            storeAt = System.nanoTime() + STORE_EVERY.toNanos();
        }
        return sent + Integer.bitCount(others);
    }

    private int drain(OutboxReader.Difference difference) throws InterruptedException {
        var sent = 0;
        try (var pages = reader.pages(difference, pageSize)) {
            while (pages.hasNext()) {
                var page = pages.next();
                // Also when all are parked: once an operator has discarded them, nobody may read them again.
                unstored |= !page.isEmpty();
                var rows = parked.divert(page);
                sender.send(rows);
                sent += rows.size();
                if (!isRunning()) {
                    throw new InterruptedException("stopped before the share was sent completely");
                }
                if (leaseIsDue()) {
                    leases.extend();
                }
            }
        }
        return sent;
    }

    private void renew() {
        var before = leases.buckets();
        leases.renew();
        if (!before.containsAll(leases.buckets())) {
            parked.load(leases.buckets());
        }
        leased = Buckets.bits(leases.buckets());
        if (leases.areShared()) {
            signals.listen(this::heard);
        } else {
            signals.close();
        }
    }

    private void heard(int buckets) {
        if ((buckets & leased) != 0) {
            wake();
        }
    }

    /** Puts the event aside that the broker refuses for good: the next attempt goes on without it and those behind it. */
    private void parkRefused() {
        var event = refused;
        if (event != null) {
            parked.park(event.row(), event.getMessage());
            refused = null;
            LOG.error(
                    "event=parked topic={} row={} cause=\"{}\"",
                    event.row().topic(),
                    event.row().id(),
                    event.getMessage());
        }
    }

    /** What an operator has released goes first: all that comes later of its key is parked until it has arrived. */
    private int sendReleased() {
        var released = parked.released(leases.buckets());
        if (released.isEmpty()) {
            return 0;
        }
        var rows = released.stream()
                .filter(each -> !each.discarded())
                .map(ParkedEvents.Released::row)
                .toList();
        sender.send(rows);
        sender.flush();
        parked.gone(released, leases.buckets());
        wake(); // There may be more.
        return rows.size();
    }

    private boolean leaseIsDue() {
        var now = System.nanoTime();
        if (now < renewAt) {
            return false;
        }
        renewAt = now + settings.lease().dividedBy(3).toNanos();
        return true;
    }

    /** Not past the time to renew the leases. */
    private void sleep(Duration longest) throws InterruptedException {
        var nanos = Math.min(longest.toNanos(), renewAt - System.nanoTime());
        wakeUp.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    private void startOver(RuntimeException cause) {
        if (cause instanceof SendingFailedException failure && failure.isForGood()) {
            refused = failure;
        }
        sender.close();
        leases.forget();
        unstored = false;
        renewAt = System.nanoTime();
    }

    private void finish() {
        Thread.interrupted();
        signals.close();
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
