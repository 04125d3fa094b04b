package dev.orderflow.bench.storm;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** Events of two types on one topic, of which one is always sent with invalid data. */
@EventTopic(ReadingEvent.TOPIC)
sealed interface ReadingEvent extends DomainEvent {

    String TOPIC = "bench-readings";
    String SOUND = "bench.reading.sound.v1";
    String BROKEN = "bench.reading.broken.v1";

    /** Consumers do not use the key of their record. */
    @Override
    @JsonIgnore
    default String key() {
        return "";
    }

    /** @param sentAt when it was sent, by {@link System#nanoTime} of this JVM */
    @EventType(SOUND)
    record Sound(long sentAt) implements ReadingEvent {}

    @EventType(BROKEN)
    record Broken(long value) implements ReadingEvent {}
}
