package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.outbox.relay.TopicTails.SentEvent;
import dev.orderflow.eventing.wire.LogText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Searches for events that are on the topics but not in this database. A failover to a standby without the end of the log, or a
 * restored backup, has lost the transactions that published them, but consumers have handled them.
 * <p>
 * The outbox cannot repair this loss. It reports the loss as soon as a relay begins on a restarted server. The search is bounded:
 * it compares the last records of each topic with the last rows of the outbox. {@code ./demo verify} compares everything.
 */
class LostEvents {

    private static final Logger LOG = LoggerFactory.getLogger(LostEvents.class);

    /** Rows of the outbox to compare. */
    private static final int WINDOW = 50_000;

    private static final int MOST_TOPICS = 100;

    /** Upper bound of the differences between the clocks of publishers, and between the order of ids and of commits. */
    private static final long TOLERANCE_SECONDS = 60;

    /** One probe of the primary key of outbox_sequence per topic, regardless of its number of keys. */
    private static final String TOPICS = """
            WITH RECURSIVE found AS (
                (SELECT topic FROM eventing.outbox_sequence ORDER BY topic LIMIT 1)
                UNION ALL
                SELECT (SELECT s.topic FROM eventing.outbox_sequence s WHERE s.topic > found.topic ORDER BY s.topic LIMIT 1)
                FROM found WHERE found.topic IS NOT NULL
            )
            SELECT topic FROM found WHERE topic IS NOT NULL LIMIT :limit
            """;

    /** Served by outbox_id. */
    private static final String LATEST = "SELECT event_id FROM eventing.outbox ORDER BY id DESC LIMIT :limit";

    /** Days are dropped as a whole, so all rows since the beginning of the oldest day exist. */
    private static final String OLDEST_DAY = """
            SELECT coalesce(extract(epoch FROM to_date(right(min(day.relname), 8), 'YYYYMMDD')), 0)::bigint
            FROM pg_inherits JOIN pg_class AS day ON day.oid = inhrelid
            WHERE inhparent = 'eventing.outbox'::regclass AND day.relname ~ '^outbox_[0-9]{8}$'
            """;

    /** Served by the primary key of outbox_sequence. */
    private static final String NUMBERED = """
            SELECT topic, key, last FROM eventing.outbox_sequence JOIN unnest(:topics::text[], :keys::text[]) AS e (topic, key) USING (topic, key)
            """;

    private final JdbcClient jdbc;
    private final TopicTails tails;
    private final AtomicBoolean searching = new AtomicBoolean();
    private volatile Answer latest = new Answer(0, 0, null);

    LostEvents(JdbcClient jdbc, TopicTails tails) {
        this.jdbc = jdbc;
        this.tails = tails;
    }

    /**
     * @param lost   events on a topic that are not in the outbox
     * @param reused lost events whose sequence number was assigned to another event of their key
     * @param first  one of the lost events
     */
    record Answer(int lost, int reused, @Nullable SentEvent first) {}

    private record Stream(String topic, String key) {}

    /** Number of events that the latest search found. May be called from any thread. */
    int count() {
        return latest.lost();
    }

    /** Starts a search, which takes seconds, and returns immediately. Has no effect while a search is running. */
    void searchInBackground() {
        if (searching.compareAndSet(false, true)) {
            Thread.ofVirtual().name("outbox-lost-events").start(() -> {
                try {
                    search();
                } catch (RuntimeException | Error e) {
                    LOG.warn(
                            "events=unchecked reason=\"the search for lost events failed\" cause=\"{}\"", e.toString());
                } finally {
                    searching.set(false);
                }
            });
        }
    }

    /** Searches now. Reads the topics before the outbox, since an event on a topic was committed before. */
    Answer search() {
        var topics =
                jdbc.sql(TOPICS).param("limit", MOST_TOPICS).query(String.class).list();
        var sent = tails.read(topics);
        var answer = sent.isEmpty() ? new Answer(0, 0, null) : compare(sent);
        latest = answer;
        var first = answer.first();
        if (first != null) {
            LOG.error(
                    "events=lost count={} reusedSequences={} topic={} key={} sequence={} eventId={} consequence=\"they are on"
                            + " topics and consumers have them, but this database has lost their transactions\"",
                    answer.lost(),
                    answer.reused(),
                    LogText.of(first.topic()),
                    LogText.of(first.key()),
                    first.sequence(),
                    first.id());
        }
        return answer;
    }

    private Answer compare(List<SentEvent> sent) {
        var latestRows =
                jdbc.sql(LATEST).param("limit", WINDOW).query(UUID.class).list();
        var recorded = new HashSet<>(latestRows);
        var covered = covered(latestRows);
        var numbers = numbers(sent);
        var lost = new ArrayList<SentEvent>();
        var reused = 0;
        for (var event : sent) {
            if (!recorded.contains(event.id())) {
                var isNumberKnown =
                        event.sequence() <= numbers.getOrDefault(new Stream(event.topic(), event.key()), 0L);
                if (!isNumberKnown || !event.time().isBefore(covered)) {
                    lost.add(event);
                    reused += isNumberKnown ? 1 : 0;
                }
            }
        }
        return new Answer(lost.size(), reused, lost.isEmpty() ? null : lost.getFirst());
    }

    /** The time since which the given rows are complete. */
    private Instant covered(List<UUID> latestRows) {
        var oldestDay =
                Instant.ofEpochSecond(jdbc.sql(OLDEST_DAY).query(Long.class).single());
        if (latestRows.size() < WINDOW) {
            return oldestDay;
        }
        var oldestRow = SentEvent.timeOf(latestRows.getLast()).plusSeconds(TOLERANCE_SECONDS);
        return oldestRow.isAfter(oldestDay) ? oldestRow : oldestDay;
    }

    private Map<Stream, Long> numbers(List<SentEvent> sent) {
        var streams = new ArrayList<Stream>(streamsOf(sent));
        var numbers = new HashMap<Stream, Long>();
        jdbc.sql(NUMBERED)
                .param("topics", streams.stream().map(Stream::topic).toArray(String[]::new))
                .param("keys", streams.stream().map(Stream::key).toArray(String[]::new))
                .query(row -> {
                    numbers.put(new Stream(row.getString("topic"), row.getString("key")), row.getLong("last"));
                });
        return numbers;
    }

    private static Set<Stream> streamsOf(List<SentEvent> sent) {
        var streams = new HashSet<Stream>();
        sent.forEach(event -> streams.add(new Stream(event.topic(), event.key())));
        return streams;
    }
}
