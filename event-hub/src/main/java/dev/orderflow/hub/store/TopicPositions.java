package dev.orderflow.hub.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The offset up to which each partition is stored. Consumption resumes at the group's committed offsets, unless these positions are earlier. They also
 * show which records have expired before they were read, so that their sequences do not count as lost.
 */
@Component
class TopicPositions {

    /** Served by the primary key. */
    private static final String FIND = """
            SELECT topic, kafka_partition, next_offset
              FROM topic_position
              JOIN unnest(:topics::text[], :partitions::integer[]) AS wanted (topic, kafka_partition) USING (topic, kafka_partition)
            """;

    /** Served by the primary key. */
    private static final String REACH = """
            INSERT INTO topic_position AS known (topic, kafka_partition, next_offset, horizon)
            SELECT * FROM unnest(:topics::text[], :partitions::integer[], :nextOffsets::bigint[], :horizons::bigint[]) ORDER BY 1, 2
            ON CONFLICT (topic, kafka_partition) DO UPDATE
            SET next_offset = greatest(known.next_offset, excluded.next_offset),
                horizon = greatest(known.horizon, excluded.horizon)
            """;

    private final JdbcClient jdbc;

    TopicPositions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The part of a partition that a batch completes.
     *
     * @param nextOffset offset after the last record
     * @param horizon    offset before which records have expired unread; 0 if none have
     */
    record Reached(TopicPartition partition, long nextOffset, long horizon) {}

    /** Returns the next offsets of those partitions that are known. */
    Map<TopicPartition, Long> nextOffsets(Collection<TopicPartition> partitions) {
        var found = new HashMap<TopicPartition, Long>();
        jdbc.sql(FIND)
                .param("topics", column(partitions, TopicPartition::topic).toArray(String[]::new))
                .param(
                        "partitions",
                        column(partitions, TopicPartition::partition).toArray(Integer[]::new))
                .query(row -> {
                    found.put(
                            new TopicPartition(row.getString("topic"), row.getInt("kafka_partition")),
                            row.getLong("next_offset"));
                });
        return found;
    }

    /** Notes what the current transaction completes. */
    void reach(List<Reached> reached) {
        if (reached.isEmpty()) {
            return;
        }
        jdbc.sql(REACH)
                .param(
                        "topics",
                        column(reached, each -> each.partition().topic()).toArray(String[]::new))
                .param(
                        "partitions",
                        column(reached, each -> each.partition().partition()).toArray(Integer[]::new))
                .param("nextOffsets", column(reached, Reached::nextOffset).toArray(Long[]::new))
                .param("horizons", column(reached, Reached::horizon).toArray(Long[]::new))
                .update();
    }

    private static <T, C> List<C> column(Collection<T> rows, Function<T, C> value) {
        return rows.stream().map(value).toList();
    }
}
