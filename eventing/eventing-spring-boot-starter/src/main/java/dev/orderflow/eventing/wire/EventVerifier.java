package dev.orderflow.eventing.wire;

import org.jspecify.annotations.Nullable;

/** Verifies the signatures of consumed events, on their original bytes and before any of their attributes counts. Not thread-safe. */
public interface EventVerifier {

    /** Accepts all events. */
    EventVerifier NONE = new EventVerifier() {
        @Override
        public void verify(String topic, @Nullable String key, ReceivedEvent event) {
            // Nothing to verify.
        }

        @Override
        public boolean isRequired(String topic) {
            return false;
        }
    };

    /** Creates the verifier of each consumer. */
    @FunctionalInterface
    interface Factory {

        EventVerifier create();
    }

    /**
     * Verifies an event.
     *
     * @param topic where the event was published
     * @param key   the key of its record
     * @throws ForgedEventException with the reason, if the event is not accepted
     */
    void verify(String topic, @Nullable String key, ReceivedEvent event);

    /**
     * Verifies an event that this application has stored since it was received: parts of it may have been omitted.
     *
     * @throws ForgedEventException with the reason, if the event is not accepted
     */
    default void verifyStored(String topic, @Nullable String key, ReceivedEvent event) {
        verify(topic, key, event);
    }

    /** Returns whether events of a topic are refused without a valid signature. */
    boolean isRequired(String topic);
}
