package dev.orderflow.eventing.retry;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The topics that a consumer group needs in addition to its source topics.
 *
 * @param count the number of retry topics, at least 1
 */
public record RetryTopics(String group, int count) {

    /** Served by key_hold_stream; there are few rows. */
    private static final String HIGHEST_IN_USE =
            "SELECT coalesce(max(level), 0) FROM eventing.key_hold WHERE consumer = :consumer";

    /** An upper bound of the retry topics that can be configured. */
    private static final int HIGHEST = 99;

    /** Returns the configured number of retry topics, or more when events still wait on topics of an earlier configuration. */
    public static RetryTopics of(String group, int wanted, JdbcClient jdbc) {
        var inUse = jdbc.sql(HIGHEST_IN_USE)
                .param("consumer", group)
                .query(Integer.class)
                .single();
        return new RetryTopics(group, Math.max(wanted, inUse));
    }

    /** Returns the topic of a level. */
    String level(int level) {
        return group + ".retry-" + Math.clamp(level, 1, count);
    }

    /** Returns the retry topics that this instance sends to. */
    public Set<String> retries() {
        return IntStream.rangeClosed(1, count).mapToObj(this::level).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the retry topics of every possible level. Instances with other settings, current or past, may have sent events to a
     * higher level. A consumer of retry topics therefore reads all of them.
     */
    public Set<String> ofAnyLevel() {
        return IntStream.rangeClosed(1, HIGHEST)
                .mapToObj(level -> group + ".retry-" + level)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a pattern that matches the names of {@link #ofAnyLevel}. */
    public Pattern pattern() {
        return Pattern.compile(Pattern.quote(group) + "\\.retry-[1-9][0-9]?");
    }

    /** Returns the retry topics and the dead letter topic. */
    public Set<String> all() {
        var all = new HashSet<>(retries());
        all.add(deadLetters());
        return all;
    }

    /** Returns the topic that receives a copy of each dead letter for other tools. This application does not read it. */
    public String deadLetters() {
        return group + ".dlt";
    }
}
