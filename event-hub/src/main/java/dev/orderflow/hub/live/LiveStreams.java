package dev.orderflow.hub.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.edge.StreamedAnswer;
import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.Turns;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.hub.query.EventFilter;
import dev.orderflow.hub.query.EventQueries;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends streams of events. A stream that resumes first sends what the store has, page by page, and becomes live when the rest is short:
 * the tail then offers all events after a position, and the store has all up to it.
 */
@Component
class LiveStreams {

    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(UTF_8);

    /** Positions that are searched at once: a client that resumes far back gets to know how far it is, also without any event. */
    private static final long WINDOW = 50_000;

    /** Events that are read from the store at once. */
    private static final int PAGE = 200;

    /** Factor by which a page gets smaller that takes too long. */
    private static final int SMALLER = 5;

    private final LiveTail tail;
    private final StoreTail store;
    private final EventQueries queries;
    private final LiveProperties properties;
    private final LiveMetrics metrics;
    private final JsonMapper json;
    private final Turns turns;
    private final Map<String, Integer> perTenant = new HashMap<>();
    private int all;

    LiveStreams(
            LiveTail tail,
            StoreTail store,
            EventQueries queries,
            LiveProperties properties,
            LiveMetrics metrics,
            JsonMapper json,
            @Qualifier(TakesTurn.REQUESTS) Turns turns) {
        this.tail = tail;
        this.store = store;
        this.queries = queries;
        this.properties = properties;
        this.metrics = metrics;
        this.json = json;
        this.turns = turns;
    }

    /**
     * Sends events until the client leaves, the time is over, or the service ends.
     *
     * @param after  position after which the stream begins; null to begin with the next event
     * @param expiry time after which the client needs another token; null if it needs none
     * @throws Refusal     if there are too many clients
     * @throws IOException if the client has left, or was too slow
     */
    void send(EventFilter filter, @Nullable Long after, @Nullable Instant expiry, HttpServletResponse response)
            throws IOException {
        var end = System.nanoTime() + longest(expiry).toNanos();
        admit(filter.tenant());
        try {
            var begin = after == null ? -1 : turns.takeInAnyCase(() -> Math.min(after, store.last()));
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            stream(filter, begin, StreamedAnswer.begin(response), end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(filter.tenant());
        }
    }

    private Duration longest(@Nullable Instant expiry) {
        var longest = properties.longest();
        var valid = expiry == null ? longest : Duration.between(Instant.now(), expiry);
        return valid.compareTo(longest) < 0 ? valid : longest;
    }

    /** @param after position after which the stream begins; negative for the end */
    private void stream(EventFilter filter, long after, StreamedAnswer answer, long end)
            throws IOException, InterruptedException {
        var reached = after < 0 ? after : sendStored(filter, after, Long.MAX_VALUE, answer, end);
        var client = new LiveClient(
                filter, properties.queuedEvents(), properties.queuedBytes().toBytes());
        var live = turns.takeInAnyCase(() -> tail.add(client, reached));
        try {
            if (after >= 0 && reached < live && sendStored(filter, reached, live, answer, end) < live) {
                // The stream ends here: what waits for the client comes after events that it has not got.
                return;
            }
            // The client has all events up to here and gets each later one. The id has it resume here, also if it never
            // gets an event.
            answer.send(LiveEvent.beginning(live));
            sendLive(client, answer, end);
        } finally {
            tail.remove(client);
        }
    }

    /**
     * Sends stored events after a position, up to another. Without a last position, ends where a page is not full.
     *
     * @return the position after which it continues
     */
    private long sendStored(EventFilter filter, long after, long upTo, StreamedAnswer answer, long end)
            throws IOException {
        var reached = after;
        while (tail.isRunning() && System.nanoTime() - end < 0) {
            var from = reached;
            // Read before the page: it has all events up to here.
            var known = upTo == Long.MAX_VALUE ? turns.takeInAnyCase(store::last) : upTo;
            var until = Math.min(known, from + WINDOW);
            var page = page(filter, from, until);
            var bytes = new ByteArrayOutputStream();
            page.events()
                    .forEach(event -> bytes.writeBytes(LiveEvent.of(event, json).bytes()));
            reached = page.isComplete()
                    ? Math.max(from, until)
                    : page.events().getLast().position();
            answer.send(page.events().isEmpty() ? LiveEvent.progress(reached) : bytes.toByteArray());
            if (page.isComplete() && reached >= known) {
                return reached;
            }
        }
        return reached;
    }

    /** Reads events after a position, fewer of them when many take too long: a client that resumes must get on. */
    private EventQueries.Found page(EventFilter filter, long after, long upTo) {
        for (var limit = PAGE; limit > 1; limit /= SMALLER) {
            var most = limit;
            try {
                return turns.takeInAnyCase(() -> queries.after(filter, after, upTo, most));
            } catch (Refusal e) {
                if (!e.code().equals(EventQueries.TOO_EXPENSIVE)) {
                    throw e;
                }
            }
        }
        return turns.takeInAnyCase(() -> queries.after(filter, after, upTo, 1));
    }

    private void sendLive(LiveClient client, StreamedAnswer answer, long end) throws IOException, InterruptedException {
        for (var left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            var next = client.next(
                    Duration.ofNanos(Math.min(left, properties.heartbeat().toNanos())));
            if (next == null) {
                return;
            }
            answer.send(next.length == 0 ? HEARTBEAT : next);
        }
    }

    private synchronized void admit(String tenant) {
        var ofTenant = perTenant.getOrDefault(tenant, 0);
        if (all >= properties.clients() || ofTenant >= properties.tenantClients()) {
            throw Refusal.overloaded("There are too many live streams at the moment.");
        }
        perTenant.put(tenant, ofTenant + 1);
        metrics.clients(++all);
    }

    private synchronized void release(String tenant) {
        perTenant.computeIfPresent(tenant, (name, number) -> number > 1 ? number - 1 : null);
        metrics.clients(--all);
    }
}
