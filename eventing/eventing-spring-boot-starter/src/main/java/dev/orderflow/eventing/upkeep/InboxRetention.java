package dev.orderflow.eventing.upkeep;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Retention of event ids in the inbox: at least the configured one, and longer when a topic delivers records for longer. An id
 * that is deleted earlier lets its event take effect twice. While the broker's configuration is unknown, no id is deleted.
 * <p>
 * A topic's retention begins when a record was written. The inbox's retention begins later, when the event was handled. But a
 * relay whose database has lost its latest cursors publishes events again, as far back as its outbox reaches. Therefore the
 * outbox's retention is added.
 * <p>
 * Permanent topics do not count: no inbox could remember all their events, and their handlers bear repetitions.
 */
class InboxRetention {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRetention.class);

    /** Allowance for the broker's clean-up interval and for unnoticed clock errors. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Duration configured;
    private final Duration outbox;
    private final TopicRetention broker;
    private final Supplier<Collection<String>> topics;
    private final Set<String> permanent;
    private volatile double seconds = Double.POSITIVE_INFINITY;
    private final Set<String> warned = new HashSet<>();
    private @Nullable String reported;

    /**
     * @param configured the shortest retention
     * @param outbox     how far back relays may publish again
     * @param topics     topics that the group reads; if there are none, only the configured retention counts
     * @param permanent  those topics that keep their events for ever
     */
    InboxRetention(
            Duration configured,
            Duration outbox,
            TopicRetention broker,
            Supplier<Collection<String>> topics,
            Set<String> permanent) {
        this.configured = configured;
        this.outbox = outbox;
        this.broker = broker;
        this.topics = topics;
        this.permanent = permanent;
    }

    /** Queries the broker and returns the current retention. Empty while all ids must be kept. */
    Optional<Duration> now() {
        var retention = ask();
        seconds = retention.map(it -> (double) it.toSeconds()).orElse(Double.POSITIVE_INFINITY);
        return retention;
    }

    /** Returns the last retention found; infinite while all ids are kept. */
    double seconds() {
        return seconds;
    }

    private Optional<Duration> ask() {
        var read = new HashSet<>(topics.get());
        var keeping = permanent.stream().filter(read::remove).toList();
        try {
            for (var topic : keeping) {
                reportLimited(topic);
            }
            if (read.isEmpty()) {
                return Optional.of(configured);
            }
            var longest = broker.longest(read);
            var needed = longest.map(
                            topic -> topic.longest().map(it -> it.plus(outbox).plus(MARGIN)))
                    .orElse(Optional.of(Duration.ZERO));
            var kept = needed.map(it -> it.compareTo(configured) > 0 ? it : configured);
            report(longest, kept);
            return kept;
        } catch (KafkaException e) {
            report(Level.WARN, "inbox=kept retention=unknown cause=\"" + e + "\"");
            return Optional.empty();
        }
    }

    /** Warns of a topic that is older than its setting, and loses events that a restore would need. */
    private void reportLimited(String topic) {
        var limited = broker.longest(Set.of(topic)).filter(it -> it.longest().isPresent());
        if (limited.isPresent() && warned.add(topic)) {
            LOG.warn(
                    "topic={} retention=limited expected=unlimited reason=\"{}\"",
                    topic,
                    limited.get().because());
        }
    }

    private void report(Optional<TopicRetention.Redelivery> longest, Optional<Duration> kept) {
        if (longest.isEmpty() || kept.equals(Optional.of(configured))) {
            report(Level.INFO, "inbox=kept retention=" + configured + " reason=configured");
            return;
        }
        var finding = String.format(
                Locale.ROOT,
                "inbox=kept retention=%s configured=%s topic=%s reason=\"%s\"",
                kept.map(Duration::toString).orElse("unlimited"),
                configured,
                longest.get().topic(),
                longest.get().because());
        report(kept.isPresent() ? Level.INFO : Level.WARN, finding);
    }

    /** Logs each finding once. While all ids are kept, the table only grows, which an operator has to notice. */
    private void report(Level level, String finding) {
        if (!finding.equals(reported)) {
            reported = finding;
            LOG.atLevel(level).log(finding);
        }
    }
}
