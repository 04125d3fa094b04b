package dev.orderflow.verify.evidence;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Progress of the consumer groups.
 *
 * @param committed the first offset that a group has not yet processed
 * @param running groups that have members
 */
record ConsumerGroups(Map<Service, Map<TopicPartition, Long>> committed, Set<Service> running) {

    /** Returns whether {@code service} has committed an offset beyond the record. */
    boolean isPast(Service service, Place place) {
        var partition = new TopicPartition(place.topic(), place.partition());
        return committed.getOrDefault(service, Map.of()).getOrDefault(partition, 0L) > place.offset();
    }

    /** Returns whether {@code service} has committed an offset beyond the event. */
    boolean isPast(Service service, EventLedger events, int event) {
        return isPast(service, new Place(events.topic(event), events.partition(event), events.offset(event)));
    }
}
