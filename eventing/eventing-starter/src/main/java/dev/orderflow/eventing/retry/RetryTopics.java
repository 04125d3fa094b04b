package dev.orderflow.eventing.retry;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The topics that a consumer group needs beside those it reads events from.
 *
 * @param count of retry topics, at least 1
 */
public record RetryTopics(String group, int count) {

    /** The topic of a level; of the last one when there are fewer by now than when the event was put there. */
    String level(int level) {
        return group + ".retry-" + Math.clamp(level, 1, count);
    }

    /** The retry topics. */
    public Set<String> retries() {
        return IntStream.rangeClosed(1, count).mapToObj(this::level).collect(Collectors.toUnmodifiableSet());
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
