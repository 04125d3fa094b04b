package dev.orderflow.hub.live;

import dev.orderflow.hub.store.StoredSignal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads new events from the store once for all clients of this instance, and offers them. Reading the store, and not what this instance
 * consumes, shows the events of all instances in one order. Reads nothing while there are no clients.
 */
@Component
class LiveTail implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTail.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final StoreTail store;
    private final JsonMapper json;
    private final Duration poll;
    private final LiveMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<LiveClient> clients = new LinkedHashSet<>();
    private long position;
    private boolean stored;
    private volatile boolean running;

    LiveTail(StoreTail store, JsonMapper json, LiveProperties properties, LiveMetrics metrics, StoredSignal signal) {
        this.store = store;
        this.json = json;
        this.poll = properties.poll();
        this.metrics = metrics;
        signal.onStored(this::wake);
    }

    /**
     * Offers all later events to the client.
     *
     * @param reached position up to which the client has all events; negative if it wants none of them
     * @return the position after which they begin: later than that of the tail if the client has got further from the store
     */
    long add(LiveClient client, long reached) {
        var last = store.last();
        lock.lock();
        try {
            if (clients.isEmpty()) {
                position = last;
            }
            var begin = Math.max(position, reached);
            clients.add(client);
            client.beginAfter(begin);
            if (!running) {
                client.end();
            }
            changed.signal();
            return begin;
        } finally {
            lock.unlock();
        }
    }

    void remove(LiveClient client) {
        lock.lock();
        try {
            clients.remove(client);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("live-tail").start(this::follow);
    }

    /** Ends all streams, so that the server need not wait for their requests. */
    @Override
    public void stop() {
        running = false;
        endStreams();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void wake() {
        lock.lock();
        try {
            stored = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        try {
            while (running) {
                awaitNews(readNext());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Offers the next events. Returns the time until the next look; zero if there may be more events. */
    private Duration readNext() {
        try {
            var from = positionOfClients();
            var events = from < 0 ? List.<StoreTail.Owned>of() : store.after(from);
            if (from >= 0 && events.isEmpty() && store.last() < from) {
                // The database was restored: it counts up again from there. Clients resume at its end.
                endStreams();
            }
            offer(from, events);
            return events.isEmpty() ? poll : Duration.ZERO;
        } catch (RuntimeException | Error e) {
            // Also for lack of memory: without this thread, no client would get an event again.
            if (running) {
                LOG.warn("live=interrupted retryIn={} cause=\"{}\"", AFTER_FAILURE, e.toString());
            }
            return AFTER_FAILURE;
        }
    }

    /** Returns the position of all clients; -1 if there are none. */
    private long positionOfClients() {
        lock.lock();
        try {
            stored = false;
            return clients.isEmpty() ? -1 : position;
        } finally {
            lock.unlock();
        }
    }

    private void offer(long from, List<StoreTail.Owned> events) {
        lock.lock();
        try {
            if (events.isEmpty() || position != from) {
                return; // All clients have left, and others have come, which begin later.
            }
            for (var owned : events) {
                offer(owned);
            }
            position = events.getLast().event().position();
        } finally {
            lock.unlock();
        }
    }

    private void offer(StoreTail.Owned owned) {
        LiveEvent rendered = null;
        for (var client : clients) {
            if (client.filter().matches(owned.tenant(), owned.event())) {
                rendered = rendered == null ? LiveEvent.of(owned.event(), json) : rendered;
                if (!client.offer(rendered)) {
                    metrics.missed();
                }
            }
        }
    }

    private void endStreams() {
        lock.lock();
        try {
            clients.forEach(LiveClient::end);
            clients.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void awaitNews(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            var left = longest.toNanos();
            while (running && left > 0 && !(stored && !clients.isEmpty())) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
