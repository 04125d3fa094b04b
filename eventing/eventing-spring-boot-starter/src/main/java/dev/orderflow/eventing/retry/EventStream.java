package dev.orderflow.eventing.retry;

/** The events of one key on one topic, whose order must be kept. */
public record EventStream(String topic, String key) implements Comparable<EventStream> {

    @Override
    public int compareTo(EventStream other) {
        var byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : key.compareTo(other.key);
    }
}
