package dev.orderflow.eventing.retry;

/**
 * A record that came to be taken in.
 *
 * @param stream whose order it has to keep
 * @param hop    0 when it came from its source topic, otherwise how often it was put somewhere since
 */
public record Incoming(SourceRecord source, EventStream stream, int hop) {

    public static Incoming first(SourceRecord source) {
        return new Incoming(source, source.stream(), 0);
    }

    /** A record that does not belong on its topic, and so must not hold up those that do. */
    public static Incoming foreign(SourceRecord source) {
        return new Incoming(source, source.aside(), 0);
    }

    public static Incoming again(RetryRecord message) {
        var source = message.source();
        return new Incoming(source, new EventStream(source.topic(), message.streamKey()), message.hop());
    }
}
