package dev.orderflow.events.schema;

import java.util.regex.Pattern;

/**
 * A difference between an event's schema and its last released version.
 *
 * @param field the field's path, such as {@code lines[].quantity}; empty for the event itself
 * @param what  the difference and whom it harms, without a full stop
 */
record SchemaChange(Verdict verdict, String field, String what) {

    private static final Pattern MAJOR = Pattern.compile("(.*\\.v)([0-9]+)");

    enum Verdict {
        /** Events that exist already, or consumers that run already, would break. */
        REFUSED,
        /** Events of the new kind are dead letters of consumers that run already, so these are replaced first. */
        CONSUMERS_FIRST
    }

    /** Returns the change and what to do about it. */
    String sentence(String type) {
        var place = field.isEmpty() ? type : type + ", field " + field;
        return switch (verdict) {
            case REFUSED ->
                place + ": " + what + ". Undo it, or leave " + type + " as it was released and add the version "
                        + next(type) + ".";
            case CONSUMERS_FIRST ->
                place + ": " + what + ". Deploy this version of all consumers before its publisher.";
        };
    }

    private static String next(String type) {
        var version = MAJOR.matcher(type);
        return version.matches() ? version.group(1) + (Integer.parseInt(version.group(2)) + 1) : type + ".v2";
    }
}
