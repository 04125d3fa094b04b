package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.Service;
import org.jspecify.annotations.Nullable;

/**
 * Something that isn't as it should be. Two findings that are equal are the same, found at different times.
 *
 * @param subject  the order, or the product
 * @param message  what is wrong with it
 * @param waitsFor the service that is to go on with it; null when nobody is
 */
public record Finding(
        String subject, String message, Kind kind, @Nullable Service waitsFor) {

    /** How bad it is. */
    public enum Kind {
        /** Nobody is about to set it right. */
        BROKEN,
        /** An event that a service has yet to send or take in. Wrong if the service is there and does not go on. */
        WAITING,
        /** Will be gone on with in its time, such as a retry that is not yet due. */
        SCHEDULED,
        /** Follows from an event that is waiting or dead, which is a finding of its own. */
        CONSEQUENCE
    }

    static Finding broken(Object subject, String message) {
        return new Finding(subject.toString(), message, Kind.BROKEN, null);
    }

    static Finding waiting(String subject, String message, Service waitsFor) {
        return new Finding(subject, message, Kind.WAITING, waitsFor);
    }

    static Finding scheduled(String subject, String message, Service waitsFor) {
        return new Finding(subject, message, Kind.SCHEDULED, waitsFor);
    }

    static Finding consequence(String subject, String message, @Nullable Service waitsFor) {
        return new Finding(subject, message, Kind.CONSEQUENCE, waitsFor);
    }
}
