package dev.orderflow.eventing.signatures;

import dev.orderflow.eventing.wire.ForgedEventException;
import java.util.Locale;

/** Thrown for an event whose signature is not accepted. Dead letters store the name of this class. */
final class Refusal extends ForgedEventException {

    private static final int LONGEST_SHOWN = 100;

    private final Reason reason;

    /** Reasons for which an event is refused, as operators see them. */
    enum Reason {
        /** No signature, where one is required. */
        UNSIGNED,
        /** The header does not have the form of a signature. */
        MALFORMED,
        /** Another algorithm, or none. */
        ALGORITHM,
        /** A key that is not trusted for the event's source. */
        UNKNOWN_KEY,
        /** A key that is not trusted any more. */
        EXPIRED_KEY,
        /** Something that was signed differs, or another key signed it. */
        ALTERED,
        /** Parts of the record were omitted when it was stored, so that its signature proves nothing any more. */
        REDUCED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Refusal(Reason reason, String explanation) {
        super("signature refused, " + reason.label() + ": " + explanation);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** Returns the beginning of a text that anybody may have written. */
    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
