package dev.orderflow.eventing.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Parses the format of {@link Instant#toString} without the maps and lists that a formatter creates for each instant.
 * {@link Instant#parse} parses any other format.
 */
final class UtcTime {

    private static final int WITHOUT_FRACTION = "2026-11-01T00:00:00Z".length();
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NOT_A_NUMBER = -1;

    private UtcTime() {}

    /** @throws java.time.format.DateTimeParseException when {@code text} is not an instant */
    static Instant parse(String text) {
        var end = text.length() - 1;
        if (end < WITHOUT_FRACTION - 1
                || text.charAt(end) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Instant.parse(text);
        }
        var year = number(text, 0, 4);
        var month = number(text, 5, 7);
        var day = number(text, 8, 10);
        var hour = number(text, 11, 13);
        var minute = number(text, 14, 16);
        var second = number(text, 17, 19);
        var nanos = nanos(text, 19, end);
        if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        try {
            var days = LocalDate.of(year, month, day).toEpochDay();
            return Instant.ofEpochSecond(days * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second, nanos);
        } catch (DateTimeException e) {
            return Instant.parse(text);
        }
    }

    private static int nanos(String text, int from, int to) {
        if (from == to) {
            return 0;
        }
        var digits = to - from - 1;
        if (text.charAt(from) != '.' || digits < 1 || digits > 9) {
            return NOT_A_NUMBER;
        }
        var fraction = number(text, from + 1, to);
        for (var scale = digits; scale < 9; scale++) {
            fraction *= 10;
        }
        return fraction;
    }

    private static int number(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_A_NUMBER;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
