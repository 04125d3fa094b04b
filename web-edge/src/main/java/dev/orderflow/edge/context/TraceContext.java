package dev.orderflow.edge.context;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of a request (https://www.w3.org/TR/trace-context/).
 *
 * @param traceparent of version 00
 * @param tracestate  null if absent
 */
record TraceContext(String traceparent, @Nullable String tracestate) {

    /** Longest state that is handed on; the specification asks for at least as much. */
    private static final int LONGEST_STATE = 512;

    private static final int MOST_MEMBERS = 32;

    private static final Pattern PARENT = Pattern.compile(
            "(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

    private static final Pattern MEMBER = Pattern.compile("[a-z0-9][a-z0-9_*/@-]{0,255}="
            + "[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e]");

    private static final String CURRENT_VERSION = "00";
    private static final String INVALID_VERSION = "ff";
    private static final int SAMPLED = 1;

    /**
     * Returns the context of a request with these headers. Starts a new trace if the parent is absent or malformed, and
     * drops a malformed state, as the specification requires: neither is a reason to refuse a request.
     */
    static TraceContext of(List<String> parents, List<String> states) {
        var parent = parents.size() == 1 ? normalized(parents.getFirst()) : null;
        return parent == null ? begin() : new TraceContext(parent, state(states));
    }

    /** Begins a trace that is not sampled, because nobody records it here. */
    private static TraceContext begin() {
        var random = ThreadLocalRandom.current();
        // An id of zeros only is invalid; the lowest bit rules it out.
        return new TraceContext(
                CURRENT_VERSION + '-' + hex(random.nextLong()) + hex(random.nextLong() | 1) + '-'
                        + hex(random.nextLong() | 1) + "-00",
                null);
    }

    /** Returns the 32 digits that all spans of the trace share. */
    String traceId() {
        return traceparent.substring(3, 35);
    }

    /** Returns the parent in version 00; null if it is malformed. Later versions may only append fields. */
    private static @Nullable String normalized(String value) {
        var parsed = PARENT.matcher(value);
        if (!parsed.matches()) {
            return null;
        }
        var version = parsed.group("version");
        var trace = parsed.group("trace");
        var parent = parsed.group("parent");
        var isCurrent = version.equals(CURRENT_VERSION);
        if (version.equals(INVALID_VERSION)
                || isCurrent && parsed.group("more") != null
                || isZero(trace)
                || isZero(parent)) {
            return null;
        }
        if (isCurrent) {
            return value;
        }
        var isSampled = (Integer.parseInt(parsed.group("flags"), 16) & SAMPLED) != 0;
        return CURRENT_VERSION + '-' + trace + '-' + parent + (isSampled ? "-01" : "-00");
    }

    /** Returns the list of all vendors' entries; null if there is none, or it is malformed. */
    private static @Nullable String state(List<String> headers) {
        var state = String.join(",", headers);
        return state.isBlank() || state.length() > LONGEST_STATE || !isList(state.split(",", -1)) ? null : state;
    }

    private static boolean isList(String[] members) {
        return members.length <= MOST_MEMBERS
                && Arrays.stream(members)
                        .map(String::strip)
                        .allMatch(member ->
                                member.isEmpty() || MEMBER.matcher(member).matches());
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }
}
