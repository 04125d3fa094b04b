package dev.orderflow.demo.verify.evidence;

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

    /** Whether {@code service} says that it is done with the event. */
    boolean isPast(Service service, EventLedger events, int event) {
        var partition = new TopicPartition(events.topic(event), events.partition(event));
        var position = committed.getOrDefault(service, Map.of()).getOrDefault(partition, 0L);
        return position > events.offset(event);
    }
}
