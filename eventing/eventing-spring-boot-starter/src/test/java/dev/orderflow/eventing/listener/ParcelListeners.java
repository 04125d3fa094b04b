package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.Idempotent;
import dev.orderflow.eventing.sample.AuditEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/** One listener for each way in which Spring Kafka calls one, each on a topic of its own. */
@Component
public class ParcelListeners {

    final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final Shelf shelf;
    private final EventPublisher events;

    ParcelListeners(Shelf shelf, EventPublisher events) {
        this.shelf = shelf;
        this.events = events;
    }

    @Idempotent
    @KafkaListener(id = "store", topics = "parcels", groupId = "warehouse")
    void store(ConsumerRecord<String, String> parcel) {
        shelf.put(parcel.value());
    }

    @Idempotent
    @KafkaListener(id = "sort", topics = "sorted", groupId = "sorters", batch = "true", ackMode = "MANUAL")
    void sort(List<ConsumerRecord<String, String>> parcels, Acknowledgment acknowledgment) {
        parcels.forEach(parcel -> shelf.put(parcel.value()));
        acknowledgment.acknowledge();
        batches.add(parcels.stream().map(ConsumerRecord::value).toList());
    }

    /** Listens in another group than {@link #store}, on the same topic. */
    @Idempotent
    @KafkaListener(id = "label", topics = "parcels", groupId = "labels", ackMode = "MANUAL_IMMEDIATE")
    void label(String parcel, Acknowledgment acknowledgment) {
        shelf.put("label " + parcel);
        acknowledgment.acknowledge();
    }

    @Idempotent
    @KafkaListener(id = "refuse", topics = "refused", groupId = "refusers", ackMode = "MANUAL")
    void refuse(String parcel, Acknowledgment acknowledgment) {
        shelf.put(parcel);
        if (shelf.isRefused(parcel)) {
            acknowledgment.nack(Duration.ofMillis(10));
        } else {
            acknowledgment.acknowledge();
        }
    }

    /** Names the parcel that fails by its index. */
    @Idempotent
    @KafkaListener(id = "weigh", topics = "weighed", groupId = "scales", batch = "true")
    void weigh(List<String> parcels) {
        for (var index = 0; index < parcels.size(); index++) {
            try {
                shelf.put(parcels.get(index));
            } catch (IllegalStateException e) {
                throw new BatchListenerFailedException("too heavy", e, index);
            }
        }
    }

    @Idempotent
    @KafkaListener(id = "count", topics = "counted", groupId = "counters", batch = "true", ackMode = "MANUAL")
    void count(ConsumerRecords<String, String> parcels, Acknowledgment acknowledgment) {
        var counted = new ArrayList<String>();
        for (var parcel : parcels) {
            if (shelf.isRefused(parcel.value())) {
                acknowledgment.nack(counted.size(), Duration.ofMillis(10));
                return;
            }
            shelf.put(parcel.value());
            counted.add(parcel.value());
        }
        acknowledgment.acknowledge();
    }

    @Idempotent
    @KafkaListener(id = "announce", topics = "announced", groupId = "announcers")
    void announce(String parcel) {
        events.publish(new AuditEvent(parcel, "arrived"));
    }
}
