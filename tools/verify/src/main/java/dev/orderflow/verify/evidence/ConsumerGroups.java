package dev.orderflow.verify.evidence;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the consumer groups have come.
 *
 * @param committed the first offset that a group has not yet finished with
 * @param running   groups that have members
 */
record ConsumerGroups(Map<Service, Map<TopicPartition, Long>> committed, Set<Service> running) {

    /** Whether {@code service} says that it is done with what is there. */
    boolean isPast(Service service, Place place) {
        var partition = new TopicPartition(place.topic(), place.partition());
        return committed.getOrDefault(service, Map.of()).getOrDefault(partition, 0L) > place.offset();
    }

    /** Whether {@code service} says that it is done with the event. */
    boolean isPast(Service service, EventLedger events, int event) {
        return isPast(service, new Place(events.topic(event), events.partition(event), events.offset(event)));
    }
}
