package dev.orderflow.eventing.inbox.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Remembers what it has consumed, as the inbox does, and fails now and then from some record on. */
final class RecordingInbox implements BatchConsumer {

    /** Subjects of the events, in the order in which they took effect. */
    final List<String> effects = new ArrayList<>();

    Random outages = new Random(0);

    /** Share of the records from which on a batch fails. */
    double outageShare;

    private final Set<Position> consumed = new HashSet<>();

    List<String> effectsOf(String tenant) {
        return effects.stream().filter(effect -> effect.startsWith(tenant)).toList();
    }

    @Override
    public boolean isPaused() {
        return false;
    }

    @Override
    public Outcome consume(Iterable<ConsumerRecord<String, byte[]>> records) {
        var waiting = new HashSet<Position>();
        for (var message : records) {
            var position = Position.of(message);
            if (!waiting.isEmpty() || outages.nextDouble() < outageShare) {
                waiting.add(position);
            } else if (consumed.add(position)) {
                effects.add(
                        new String(message.headers().lastHeader("ce_subject").value(), UTF_8));
            }
        }
        return new Outcome(Set.copyOf(waiting), new IllegalStateException("away"));
    }
}
