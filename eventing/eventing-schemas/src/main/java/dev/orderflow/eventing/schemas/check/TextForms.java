package dev.orderflow.eventing.schemas.check;

import dev.orderflow.eventing.schemas.check.Rule.Text.Form;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forms of the texts that events usually contain. */
final class TextForms {

    private static final String TIME = "0000-00-00T00:00:00";
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final String UUID = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    private static final int MOST_DECIMALS = 9;

    private TextForms() {}

    /** Returns the form of a {@code format}; null if it is not known here. */
    static @Nullable Form ofFormat(String format) {
        return switch (format) {
            case "uuid" -> TextForms::isUuid;
            case "date-time" -> TextForms::isUtcTime;
            default -> null;
        };
    }

    static Form oneOf(List<String> values) {
        var words = values.stream().map(JsonCursor::bytesOf).toArray(byte[][]::new);
        return (bytes, from, to) -> {
            for (var word : words) {
                if (Arrays.equals(word, 0, word.length, bytes, from, to)) {
                    return true;
                }
            }
            return false;
        };
    }

    static Form both(Form one, Form other) {
        return (bytes, from, to) -> one.accepts(bytes, from, to) && other.accepts(bytes, from, to);
    }

    private static boolean isUuid(byte[] bytes, int from, int to) {
        if (to - from != UUID.length()) {
            return false;
        }
        for (var index = 0; index < UUID.length(); index++) {
            var next = bytes[from + index];
            if (UUID.charAt(index) == '-' ? next != '-' : !isHexadecimal(next)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexadecimal(byte next) {
        return next >= '0' && next <= '9' || next >= 'a' && next <= 'f' || next >= 'A' && next <= 'F';
    }

    /** Accepts the form of {@code Instant.toString}, except for leap days. */
    private static boolean isUtcTime(byte[] bytes, int from, int to) {
        if (to - from <= TIME.length() || bytes[to - 1] != 'Z') {
            return false;
        }
        for (var index = 0; index < TIME.length(); index++) {
            var next = bytes[from + index];
            if (TIME.charAt(index) == '0' ? !isDigit(next) : next != TIME.charAt(index)) {
                return false;
            }
        }
        var month = number(bytes, from + 5);
        var day = number(bytes, from + 8);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= DAYS[month - 1]
                && number(bytes, from + 11) <= 23
                && number(bytes, from + 14) <= 59
                && number(bytes, from + 17) <= 59
                && isFraction(bytes, from + TIME.length(), to - 1);
    }

    private static boolean isFraction(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        if (bytes[from] != '.' || to - from < 2 || to - from > 1 + MOST_DECIMALS) {
            return false;
        }
        for (var index = from + 1; index < to; index++) {
            if (!isDigit(bytes[index])) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] - '0') * 10 + bytes[at + 1] - '0';
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
