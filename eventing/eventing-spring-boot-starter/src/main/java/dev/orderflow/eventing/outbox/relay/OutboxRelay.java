package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.wire.DutyCycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sends the outbox to Kafka.
 * <p>
 * One thread repeats a pass. It takes the current position, and reads the rows of the leased buckets that became visible since
 * their previous positions, in pages ordered by id. It hands each page to the producer, which sends while the next page is read.
 * At the end it waits until the broker has acknowledged all of them. Events that are committed meanwhile are sent together in the
 * next pass: the busier the writers, the larger the batches. Between passes the relay sleeps. A local commit wakes it, or a
 * signal of an instance that has committed events of its buckets. It also polls, less frequently the longer there are no events.
 * <p>
 * Its leases expire while it waits for an unavailable broker, so that an instance whose broker answers takes over.
 * <p>
 * A crash between sending and storing the position sends events again, in order; consumers drop duplicates. The relay handles
 * every failure in the same way: it discards the positions and the producer, waits, and begins at the stored positions. It counts
 * no attempts, because an event does not cause an outage. Only an event that the broker refuses for good is parked, with the
 * later events of its key.
 */
final class OutboxRelay extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    /** Long enough for the thread to release the leases and end without an interrupt, which could prevent the release. */
    private static final Duration SOON = Duration.ofMillis(500);

    /** Time per pass for released events, after which other keys are sent. */
    private static final Duration RELEASED_FOR = Duration.ofMillis(200);

    private static final Duration STORE_EVERY = Duration.ofMillis(200);
    private static final Duration SHORTEST_PACE = Duration.ofMillis(5);
    private static final Duration LONGEST_PACE = Duration.ofMillis(10);

    private final OutboxReader reader;
    private final OutboxSender sender;
    private final Dispatcher dispatcher;
    private final BucketLeases leases;
    private final ParkedEvents parked;
    private final RelaySignals signals;
    private final Settings settings;
    private final PageSize pageSize;
    private final DutyCycle duty = new DutyCycle(SHORTEST_PACE, LONGEST_PACE);
    /** Bit mask of the buckets that local commits wrote to since the last pass. */
    private final AtomicInteger written = new AtomicInteger();

    private volatile int leased;
    private Duration idle;
    private Duration retry;
    private long renewAt;
    private long storeAt;
    private boolean unstored;

    OutboxRelay(
            OutboxReader reader,
            OutboxSender sender,
            BucketLeases leases,
            ParkedEvents parked,
            RelaySignals signals,
            Settings settings) {
        super(Loop.onPlatformThread("outbox-relay"), SOON, LONGEST_END);
        this.reader = reader;
        this.sender = sender;
        this.dispatcher = new Dispatcher(sender, parked, this::stayAlive);
        this.leases = leases;
        this.parked = parked;
        this.signals = signals;
        this.settings = settings;
        this.pageSize = new PageSize(settings.pageSize());
        this.idle = settings.shortestPoll();
        this.retry = settings.shortestRetry();
    }

    /**
     * Settings of the relay.
     *
     * @param pageSize      maximum number of events read at once; fewer when they are large
     * @param lease         time after which other instances take over the buckets of a crashed instance
     * @param shortestPoll  pause after sending; doubles up to {@code longestPoll} while there are no events
     * @param shortestRetry pause after a failure; doubles up to {@code longestRetry} with each further failure
     */
    record Settings(
            int pageSize,
            Duration lease,
            Duration shortestPoll,
            Duration longestPoll,
            Duration shortestRetry,
            Duration longestRetry) {}

    /**
     * Wakes the relay after a commit of this process to this database. Cheap; may be called from any thread.
     *
     * @param buckets bit mask of the buckets that were written to
     */
    void wake(int buckets) {
        written.accumulateAndGet(buckets, (one, other) -> one | other);
        loop().wake();
    }

    @Override
    public void start() {
        renewAt = System.nanoTime();
        super.start();
    }

    @Override
    public Collection<Loop> loops() {
        var loops = new ArrayList<>(List.of(loop(), signals.loop()));
        loops.addAll(sender.watches());
        return loops;
    }

    @Override
    public Duration round() throws InterruptedException {
        duty.begin();
        var found = pass();
        retry = settings.shortestRetry();
        idle = found > 0 ? settings.shortestPoll() : shorter(idle.multipliedBy(2), settings.longestPoll());
        if (found > 0) {
            loop().pause(duty.restNanos(found));
        }
        // Wakes in time for the next renewal of the leases.
        return shorter(idle, Duration.ofNanos(renewAt - System.nanoTime()));
    }

    @Override
    public Duration failed(Throwable cause) {
        startOver();
        // The pause lets an instance take over that can reach the broker.
        var pause = isExpired(cause) && leases.areShared() ? settings.lease().dividedBy(2) : retry;
        retry = shorter(pause.multipliedBy(2), settings.longestRetry());
        LOG.warn(
                "relay=failed retryIn={} cause=\"{}\"",
                pause,
                NestedExceptionUtils.getMostSpecificCause(cause).toString());
        return pause;
    }

    @Override
    public void ended() {
        signals.close();
        sender.close();
        try {
            parked.returnClaims();
            leases.releaseAll();
        } catch (RuntimeException e) {
            LOG.info("relay=stopped leases=\"left to expire\" cause=\"{}\"", e.toString());
        }
    }

    /** Sends all events that are visible now. Returns their number, plus the number of buckets with events for other instances. */
    private int pass() throws InterruptedException {
        if (leaseIsDue()) {
            renew();
        }
        var others = written.getAndSet(0) & ~leased;
        signals.send(others);
        var sent = sendReleased();
        var to = reader.position(leases.incarnation());
        for (var share : leases.shares().entrySet()) {
            sent += drain(new OutboxReader.Difference(share.getKey(), to, share.getValue()));
        }
        if (sent > 0) {
            dispatcher.flush();
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

    private int drain(OutboxReader.Difference difference) {
        var sent = 0;
        try (var pages = reader.pages(difference, pageSize)) {
            while (pages.hasNext()) {
                var page = pages.next();
                // Also stored if all events are parked: once an operator discards them, no relay may read them again.
                unstored |= !page.isEmpty();
                sent += dispatcher.send(page);
                loop().progressed();
                stayAlive();
            }
        }
        return sent;
    }

    private void renew() {
        var before = leases.buckets();
        sender.sendUntil(System.nanoTime() + settings.lease().toNanos());
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
            loop().wake();
        }
    }

    /** Sends the parked events that can be sent now before all others, since later events of their keys are parked until they are sent. */
    private int sendReleased() {
        var sent = 0;
        var claimed = 0;
        var until = System.nanoTime() + RELEASED_FOR.toNanos();
        do {
            claimed = dispatcher.sendReleased(leases.buckets());
            sent += claimed;
            stayAlive();
        } while (claimed > 0 && System.nanoTime() - until < 0);
        if (claimed > 0) {
            loop().wake(); // There may be more.
        }
        return sent;
    }

    /** @throws InterruptException when the relay is stopped before everything was sent */
    private void stayAlive() {
        loop().progressed();
        if (!loop().goesOn()) {
            throw new InterruptException("stopped before everything was sent");
        }
        if (leaseIsDue()) {
            var before = System.nanoTime();
            leases.extend();
            sender.sendUntil(before + settings.lease().toNanos());
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

    private static boolean isExpired(Throwable failure) {
        return failure.getCause() instanceof OutboxSender.LeaseExpiredException;
    }

    private void startOver() {
        sender.close();
        leases.forget();
        unstored = false;
        renewAt = System.nanoTime();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
