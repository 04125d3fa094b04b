package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
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
final class OutboxRelay extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    /** Enough to end by itself, leases given back; an interrupt could prevent that. */
    private static final Duration SOON = Duration.ofMillis(500);

    /** After this long in a pass, what was released does not keep other keys waiting. */
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
    private final RelaySettings settings;
    private final PageSize pageSize;
    private final DutyCycle duty = new DutyCycle(SHORTEST_PACE, LONGEST_PACE);
    /** Buckets that local commits wrote to since the last pass, as bits. */
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
            RelaySettings settings) {
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
     * Something was committed to this database by this process. Cheap; may be called from any thread.
     *
     * @param buckets a bit for each bucket that was written to
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
        // Not past the time to renew the leases.
        return shorter(idle, Duration.ofNanos(renewAt - System.nanoTime()));
    }

    @Override
    public Duration failed(Throwable cause) {
        startOver();
        // So that an instance whose broker answers gets its turn.
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

    /** Hands over all that is visible now, and returns how many events that were and in how many buckets there is something for others. */
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
                // Also when all are parked: once an operator has discarded them, nobody may read them again.
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

    /** First goes what was put aside and can be sent now: all that comes later of its key is parked until it has arrived. */
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
