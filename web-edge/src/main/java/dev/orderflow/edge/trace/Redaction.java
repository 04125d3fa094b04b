package dev.orderflow.edge.trace;

import dev.orderflow.edge.log.LogEscapes;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text of spans without e-mail addresses, ids of customers in URLs, credentials, card numbers and control characters. Spans
 * contain what exceptions quote, such as the answer of a mail server.
 */
final class Redaction {

    /** Longest text in bytes of UTF-8; a few frames of a stack trace. */
    static final int MOST_BYTES = 4_000;

    private static final int LONGEST_WORD = 300;
    private static final int SHORTEST_CARD = 13;
    private static final int LONGEST_CARD = 19;

    /** The beginning of a JSON object in Base64. */
    private static final String JSON_WEB_TOKEN = "eyJ";

    private static final String REDACTED = "[redacted]";

    /** Accepts all characters that RFC 5322 allows in an atom before the "@". */
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}+@[\\p{L}\\p{N}.-]{1,253}+");

    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?[^\\n\"']*+"
                    + "|\\b(?:bearer|basic)\\s{1,4}[\\w.~+/=-]{8,}+"
                    + "|\\b" + JSON_WEB_TOKEN + "[\\w-]{8,}+\\.[\\w.-]++"
                    + "|(?:password|passwd|secret|token|api[_-]?key)[\"']?\\s{0,4}[:=]\\s{0,4}[^\\s,;&]++");

    /** The segment of a path, or the parameter of a query, with a customer's id. */
    private static final Pattern CUSTOMER = Pattern.compile("(/customers/|/points/|\\bcustomer_?[iI]d=)[^{/?&#\\s]++");

    /** A segment behind {@code /orders/} that is not the id of an order, and may be that of a customer. */
    private static final Pattern NO_ORDER = Pattern.compile(
            "(/orders/)(?!\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}(?![^/?&#\\s]))[^{/?&#\\s]++");

    /** Groups of digits that belong to no longer word: an id or a time stamp in nanoseconds may have as many. */
    private static final Pattern DIGITS = Pattern.compile("(?<![\\p{Alnum}.-])\\d(?:[ -]?\\d){12,}(?![\\p{Alnum}-])");

    private static final Pattern SEPARATOR = Pattern.compile("[ -]");

    private Redaction() {}

    /** Returns {@code text}, shortened and without what must not leave the service. */
    static String of(String text) {
        return isPlain(text) ? text : redacted(text);
    }

    /** Returns whether {@code text} is short and nothing but a word, as most ids, types and topics are. */
    private static boolean isPlain(String text) {
        var digits = 0;
        for (var place = 0; place < text.length(); place++) {
            var character = text.charAt(place);
            if (character >= '0' && character <= '9') {
                digits++;
            } else if (isLetter(character) || character == '.' || character == '_' || character == '/') {
                digits = 0;
            } else if (character != '-') {
                return false;
            }
            if (digits == SHORTEST_CARD) {
                return false;
            }
        }
        return text.length() <= LONGEST_WORD
                && !text.contains(JSON_WEB_TOKEN)
                && !text.contains("/customers/")
                && !text.contains("/points/")
                && !text.contains("/orders/");
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static String redacted(String text) {
        var shown = LogEscapes.paragraphs(bounded(text).replace("\t", "    "));
        if (shown.indexOf('@') >= 0) {
            shown = EMAIL.matcher(shown).replaceAll(REDACTED);
        }
        shown = CUSTOMER.matcher(shown).replaceAll("$1" + REDACTED);
        shown = NO_ORDER.matcher(shown).replaceAll("$1" + REDACTED);
        shown = CREDENTIAL.matcher(shown).replaceAll(REDACTED);
        return bounded(DIGITS.matcher(shown).replaceAll(digits -> withoutCards(digits.group())));
    }

    /** Removes card numbers, each of one or several whole groups, from groups of digits. */
    private static String withoutCards(String groups) {
        var ends = SEPARATOR.matcher(groups).results().map(MatchResult::start).toList();
        var begin = 0;
        for (var next = 0; next <= ends.size(); next++) {
            for (var last = next; last <= ends.size() && last < next + LONGEST_CARD; last++) {
                var end = last < ends.size() ? ends.get(last) : groups.length();
                if (isCardNumber(groups.substring(begin, end))) {
                    return groups.substring(0, begin) + REDACTED + withoutCards(groups.substring(end));
                }
            }
            begin = next < ends.size() ? ends.get(next) + 1 : begin;
        }
        return groups;
    }

    /** Returns whether there are 13 to 19 digits, the last of which is the check digit of the others (ISO/IEC 7812, Luhn). */
    private static boolean isCardNumber(String text) {
        var digits = text.chars()
                .filter(Character::isDigit)
                .map(digit -> digit - '0')
                .toArray();
        if (digits.length < SHORTEST_CARD || digits.length > LONGEST_CARD) {
            return false;
        }
        var sum = 0;
        for (var place = 0; place < digits.length; place++) {
            var digit = digits[digits.length - 1 - place];
            var weighted = place % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static String bounded(String text) {
        if (text.length() <= MOST_BYTES / 3) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_BYTES) {
            return text;
        }
        var end = MOST_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return withoutPart(new String(bytes, 0, end, StandardCharsets.UTF_8));
    }

    /** Drops the last word, which was cut and may no longer look like an address, unless it is longer than any. */
    private static String withoutPart(String cut) {
        var space = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
        return space > cut.length() - LONGEST_WORD ? cut.substring(0, space) : cut;
    }
}
