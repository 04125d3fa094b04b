package dev.orderflow.eventing.inbox.polling;

import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Consumes the batches that one member of the consumer group polls. Only its thread calls it. */
public interface BatchConsumer {

    /** Returns whether consumption is paused. Called before each poll. */
    boolean isPaused();

    /** Consumes a batch. Returns the records to consume again; all others have taken effect or were diverted. */
    Outcome consume(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException;

    /**
     * Result of a batch.
     *
     * @param waiting records to consume again
     * @param cause   cause of the latest outage
     */
    record Outcome(Set<Position> waiting, Throwable cause) {}

    /** Partition and offset of a polled record. */
    record Position(TopicPartition partition, long offset) {

        public static Position of(ConsumerRecord<?, ?> message) {
            return new Position(new TopicPartition(message.topic(), message.partition()), message.offset());
        }
    }

    /** Creates the batch consumer of each member. */
    @FunctionalInterface
    interface Factory {

        BatchConsumer create();
    }
}
