package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Service;
import org.jspecify.annotations.Nullable;

/**
 * Something that isn't as it should be. Two findings of one rule with the same subject, fault, kind and service are the same,
 * found at different times.
 *
 * @param subject  the order, or the product
 * @param fault    what kind of fault it is. Of what is compared within one database, or can only get worse, it must not
 *     contain what changes while the fault stays, such as a number. Of what is compared between sources it must contain
 *     how far the subject has come: a subject that moves on is found at each look only because the sources are read one
 *     after the other
 * @param message  what is wrong with it
 * @param waitsFor the service that is to go on with it; null when nobody is
 */
public record Finding(
        String subject,
        String fault,
        String message,
        Kind kind,
        @Nullable Service waitsFor) {

    /** The message says it all. */
    public Finding(String subject, String message, Kind kind, @Nullable Service waitsFor) {
        this(subject, message, message, kind, waitsFor);
    }

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
        return broken(subject, message, message);
    }

    static Finding broken(Object subject, String fault, String message) {
        return new Finding(subject.toString(), fault, message, Kind.BROKEN, null);
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

    /** 64 bits by which it is found again: FNV-1a (draft-eastlake-fnv) over all that makes it the same. */
    long identity(Rule rule) {
        var hash = 0xcbf29ce484222325L;
        hash = fnv(hash, rule.promise());
        hash = fnv(hash, subject);
        hash = fnv(hash, fault);
        hash = fnv(hash, kind.name());
        return fnv(hash, waitsFor == null ? "" : waitsFor.name());
    }

    private static long fnv(long hash, String text) {
        var next = hash;
        for (var i = 0; i < text.length(); i++) {
            next = (next ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (next ^ 0xffff) * 0x100000001b3L;
    }
}
