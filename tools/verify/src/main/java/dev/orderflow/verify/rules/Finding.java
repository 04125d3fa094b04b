package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Service;
import org.jspecify.annotations.Nullable;

/**
 * Deviation from a rule. Two findings of one rule with the same subject, fault, kind and service are the same one at
 * different times.
 *
 * @param subject the order, or the product
 * @param fault the kind of fault. If it concerns one database, or can only get worse, it must not contain values that
 *              change while the fault stays, such as a number. If it concerns several sources, it must contain the
 *              subject's progress: a subject in progress is found at each look only because the sources are read one
 *              after the other
 * @param message description of the fault
 * @param waitsFor the service that must act on it; null if there is none
 */
public record Finding(
        String subject,
        String fault,
        String message,
        Kind kind,
        @Nullable Service waitsFor) {

    /** Creates a finding whose fault is its message. */
    public Finding(String subject, String message, Kind kind, @Nullable Service waitsFor) {
        this(subject, message, message, kind, waitsFor);
    }

    /** Severity of a finding. */
    public enum Kind {
        /** Fault that nothing in progress will correct. */
        BROKEN,
        /** Event that a service has yet to send or consume. A violation if the running service makes no progress. */
        WAITING,
        /** Processing planned for a later time, such as a retry that is not yet due. */
        SCHEDULED,
        /** Consequence of a waiting or dead event, which has a finding of its own. */
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

    /** Returns a 64-bit identity: FNV-1a (draft-eastlake-fnv) over all fields that make two findings the same. */
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
