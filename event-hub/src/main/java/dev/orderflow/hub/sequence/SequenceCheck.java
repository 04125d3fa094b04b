package dev.orderflow.hub.sequence;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares the sequences of staged events with the last ones of their streams, in the transaction that stores them. A stream is one
 * source's events of one key on one topic; they are on one partition, so that they are consumed in their order.
 * <p>
 * A stream without a known sequence begins at any: the hub started late, or its first events have expired. The same holds after records
 * of its partition have expired unread. An event counts once, at its first record on its topic, however often it was sent.
 */
@Component
public class SequenceCheck {

    /**
     * The events that count, each with the highest sequence before it. Served by the primary keys of stream_position and topic_position.
     * Earlier records of an event are looked for, by sighting_event, only where they would matter: most events continue their stream.
     */
    private static final String COUNTED = """
            WITH candidate AS (
                SELECT s.*,
                       CASE WHEN known.kafka_offset >= coalesce(place.horizon, 0) THEN known.sequence END AS known_sequence
                  FROM pg_temp.staged s
                  LEFT JOIN stream_position known ON known.stream = s.stream
                  LEFT JOIN topic_position place ON place.topic = s.topic AND place.kafka_partition = s.kafka_partition
                 WHERE s.stream IS NOT NULL
                   AND s.topic <> ALL (:unchecked::text[])
                   AND s.kafka_offset > coalesce(known.kafka_offset, -1)
                   AND (CASE WHEN known.stream IS NULL THEN coalesce(place.horizon, 0) = 0
                             ELSE s.sequence > known.sequence AND known.kafka_offset >= coalesce(place.horizon, 0) END
                        OR NOT EXISTS (SELECT FROM sighting earlier
                                        WHERE earlier.event_id = s.event_id AND earlier.source_key = s.source_key
                                          AND earlier.topic = s.topic AND earlier.kafka_partition = s.kafka_partition
                                          AND earlier.kafka_offset < s.kafka_offset))
            ), counted AS (
                SELECT *, greatest(known_sequence, max(sequence) OVER before_it) AS highest
                  FROM candidate
                WINDOW before_it AS (PARTITION BY stream ORDER BY kafka_offset
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            )
            """;

    private static final String FIND_GAPS = COUNTED + """
            INSERT INTO sequence_anomaly (kind, tenant, topic, source, key, first, last)
            SELECT 'GAP', tenant, topic, source, key, highest + 1, sequence - 1 FROM counted WHERE sequence > highest + 1
            """;

    /** Neither an event that fills a gap nor one that was sent twice is a regression. Served by sequence_anomaly_key. */
    private static final String FIND_REGRESSIONS = COUNTED + """
            INSERT INTO sequence_anomaly (kind, tenant, topic, source, key, first, last)
            SELECT 'REGRESSION', tenant, topic, source, key, sequence, sequence
              FROM counted
             WHERE sequence <= highest
               AND NOT EXISTS (SELECT FROM sighting earlier
                                WHERE earlier.event_id = counted.event_id AND earlier.source_key = counted.source_key
                                  AND earlier.topic = counted.topic AND earlier.kafka_partition = counted.kafka_partition
                                  AND earlier.kafka_offset < counted.kafka_offset)
               AND NOT EXISTS (SELECT FROM sequence_anomaly gap
                                WHERE gap.kind = 'GAP' AND gap.tenant = counted.tenant AND gap.key = counted.key
                                  AND gap.topic = counted.topic AND gap.source = counted.source
                                  AND counted.sequence BETWEEN gap.first AND gap.last)
            """;

    private static final String ADVANCE = COUNTED + """
            INSERT INTO stream_position (stream, sequence, kafka_offset, updated_at)
            SELECT stream, max(greatest(sequence, known_sequence)), max(kafka_offset), now()
              FROM counted
             GROUP BY stream
             ORDER BY stream
            ON CONFLICT (stream) DO UPDATE
            SET sequence = excluded.sequence, kafka_offset = excluded.kafka_offset, updated_at = excluded.updated_at
            """;

    private final JdbcClient jdbc;
    private final String[] unchecked;

    SequenceCheck(JdbcClient jdbc, SequenceProperties properties) {
        this.jdbc = jdbc;
        this.unchecked = properties.uncheckedTopics().toArray(String[]::new);
    }

    /** Checks the staged events, whose sightings are stored. */
    public void check() {
        run(FIND_GAPS);
        run(FIND_REGRESSIONS);
        run(ADVANCE);
    }

    private void run(String sql) {
        jdbc.sql(sql).param("unchecked", unchecked).update();
    }
}
