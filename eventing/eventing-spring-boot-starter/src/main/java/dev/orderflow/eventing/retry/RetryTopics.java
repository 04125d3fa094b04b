package dev.orderflow.eventing.retry;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The topics that a consumer group needs beside those it reads events from.
 *
 * @param count of retry topics, at least 1
 */
public record RetryTopics(String group, int count) {

    /** Served by key_hold_stream; there are few rows. */
    private static final String HIGHEST_IN_USE =
            "SELECT coalesce(max(level), 0) FROM eventing.key_hold WHERE consumer = :consumer";

    /** More than can be configured. */
    private static final int HIGHEST = 99;

    /** As many as are wanted, and those on which events still wait from when more were. */
    public static RetryTopics of(String group, int wanted, JdbcClient jdbc) {
        var inUse = jdbc.sql(HIGHEST_IN_USE)
                .param("consumer", group)
                .query(Integer.class)
                .single();
        return new RetryTopics(group, Math.max(wanted, inUse));
    }

    /** The topic of a level. */
    String level(int level) {
        return group + ".retry-" + Math.clamp(level, 1, count);
    }

    /** The retry topics that this instance puts events on. */
    public Set<String> retries() {
        return IntStream.rangeClosed(1, count).mapToObj(this::level).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Those of any level. While instances with other settings run, and before, events may have been put on a higher one: whoever
     * reads retry topics reads all there are.
     */
    public Set<String> ofAnyLevel() {
        return IntStream.rangeClosed(1, HIGHEST)
                .mapToObj(level -> group + ".retry-" + level)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the names of {@link #ofAnyLevel} match. */
    public Pattern pattern() {
        return Pattern.compile(Pattern.quote(group) + "\\.retry-[1-9][0-9]?");
    }

    /** The retry topics and that of the dead letters. */
    public Set<String> all() {
        var all = new HashSet<>(retries());
        all.add(deadLetters());
        return all;
    }

    /** Where a copy of each dead letter is put for other tools; nothing here reads it. */
    public String deadLetters() {
        return group + ".dlt";
    }
}
