package dev.orderflow.eventing.deadletter;

import java.util.regex.Pattern;

/**
 * The group of equal failures: a root cause ({@code class: message}) without the ids and numbers in its message. The group of a
 * group is the group itself, so a search accepts both.
 */
public final class CauseGroup {

    private static final Pattern UUID =
            Pattern.compile("\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b");

    /** Requires at least one digit, since a word such as "deadbeef" or "defaced" is not an id. */
    private static final Pattern HEX = Pattern.compile("\\b(?:0[xX][0-9a-fA-F]+|(?=[a-fA-F]*[0-9])[0-9a-fA-F]{8,})\\b");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.,][0-9]+)*");

    private CauseGroup() {}

    public static String of(String rootCause) {
        var message = rootCause.indexOf(": ");
        return message < 0 ? rootCause : rootCause.substring(0, message) + mask(rootCause.substring(message));
    }

    private static String mask(String message) {
        var withoutUuids = UUID.matcher(message).replaceAll("<id>");
        var withoutHex = HEX.matcher(withoutUuids).replaceAll("<id>");
        return NUMBER.matcher(withoutHex).replaceAll("<n>");
    }
}
