package dev.orderflow.notification.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Limits the e-mails to one recipient per hour, so that orders in somebody's name do not flood a mailbox. Each instance counts
 * on its own, from its start. A token bucket per recipient holds what may be sent at once and fills evenly. Thread-safe.
 */
@Component
class RecipientLimit {

    /** Recipients that are counted; of more, those mailed longest ago are forgotten. About 5 MB. */
    static final int MOST_RECIPIENTS = 50_000;

    private static final double NANOS_PER_HOUR = Duration.ofHours(1).toNanos();

    private final int perHour;
    private final Clock clock;

    /** Buckets by a hash of the address, in the order of their last e-mails. */
    private final Map<Long, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
            return size() > MOST_RECIPIENTS;
        }
    };

    RecipientLimit(MailProperties properties, Clock clock) {
        this.perHour = properties.perRecipient();
        this.clock = clock;
    }

    private record Bucket(double left, Instant at) {}

    /** Counts an e-mail to that address. Returns false, and counts nothing, if it is too many. */
    synchronized boolean allows(EmailAddress address) {
        var key = hash(address);
        var left = left(buckets.get(key));
        if (left < 1) {
            return false;
        }
        buckets.put(key, new Bucket(left - 1, clock.instant()));
        return true;
    }

    /** Takes back an e-mail that was counted and not sent. */
    synchronized void giveBack(EmailAddress address) {
        buckets.computeIfPresent(hash(address), (key, bucket) -> new Bucket(bucket.left() + 1, bucket.at()));
    }

    private double left(@Nullable Bucket bucket) {
        if (bucket == null) {
            return perHour;
        }
        var passed = Math.max(0, Duration.between(bucket.at(), clock.instant()).toNanos());
        return Math.min(perHour, bucket.left() + perHour * (passed / NANOS_PER_HOUR));
    }

    private static long hash(EmailAddress address) {
        var text = address.value().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }
}
