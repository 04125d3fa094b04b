package dev.orderflow.bench.relay;

import dev.orderflow.bench.publishing.LetterEvent.Letters;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.events.Topics;
import java.util.Random;

/** What the events of a backlog say, in about 600 bytes of JSON. */
public enum Payload {
    /** Orders, in JSON that compresses as such JSON does. */
    ORDER(Topics.ORDER_EVENTS) {
        @Override
        DomainEvent event(long key, long number) {
            return Orders.placed(Orders.id(1, key), number);
        }
    },
    /** Capital letters, as Kafka's producer tool makes them up. */
    RANDOM("bench-letters") {
        @Override
        DomainEvent event(long key, long number) {
            var letters = new Random(number)
                    .ints('A', 'Z' + 1)
                    .limit(LETTERS)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            return new Letters(Orders.id(2, key).toString(), letters);
        }
    };

    /** Of an event in {@link #RANDOM} letters. */
    static final int BYTES = 600;

    /** Without the braces, the name and the quotes. */
    private static final int LETTERS = BYTES - 14;

    private final String topic;

    Payload(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    abstract DomainEvent event(long key, long number);
}
