package dev.orderflow.hub.store;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/**
 * Moves consumption back to the stored positions if the group has committed later ones: the database was restored from a backup, and
 * the broker may still have the events that it has lost. Storing an event again changes nothing.
 */
@Component
class RestoredPositions implements ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredPositions.class);

    private final TopicPositions positions;

    RestoredPositions(TopicPositions positions) {
        this.positions = positions;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positions.nextOffsets(partitions).forEach((partition, next) -> {
            var committed = consumer.position(partition);
            if (next < committed) {
                LOG.warn("consumption=repeated partition={} from={} committed={}", partition, next, committed);
                consumer.seek(partition, next);
            }
        });
    }
}
