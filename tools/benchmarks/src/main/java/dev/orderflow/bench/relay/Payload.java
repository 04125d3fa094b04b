package dev.orderflow.bench.relay;

import dev.orderflow.bench.publishing.LetterEvent.Letters;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.events.Topics;
import java.util.Random;

/** Content of a backlog's events, about 600 bytes of JSON. */
public enum Payload {
    /** Orders, in JSON that compresses like any such JSON. */
    ORDER(Topics.ORDER_EVENTS) {
        @Override
        DomainEvent event(long key, long number) {
            return Orders.placed(Orders.id(1, key), number);
        }
    },
    /** Random capital letters, like those of Kafka's producer tool. */
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

    /** Size of an event of {@link #RANDOM} letters. */
    static final int BYTES = 600;

    /** Number of letters, without the braces, the name and the quotes. */
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
