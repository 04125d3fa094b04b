package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.Incoming;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a record was read.
 *
 * @param partition of the source topic, or of a retry topic
 */
record Arrival(TopicPartition partition, long offset, Incoming incoming) {}
