package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.Incoming;
import org.apache.kafka.common.TopicPartition;

/**
 * Position of a consumed record and the event that it carries.
 *
 * @param partition of the source topic, or of a retry topic
 */
record Arrival(TopicPartition partition, long offset, Incoming incoming) {}
