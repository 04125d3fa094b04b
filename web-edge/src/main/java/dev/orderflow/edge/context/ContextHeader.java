package dev.orderflow.edge.context;

import dev.orderflow.edge.problem.Violation;
import java.util.regex.Pattern;

/**
 * A header that identifies a request or says why and for how long it matters.
 * <p>
 * The alphabets have no blanks, quotes or control characters, so that a value needs no escaping in logs, in headers of
 * records and in answers. The bounds are far below the size of headers that the web server accepts.
 */
enum ContextHeader {
    REQUEST_ID("X-Request-Id", Form.ID, "Identifies the request; a UUID is generated if it is absent."),
    EVENT_ID("X-EO-Event-ID", Form.ID, "Id of the event that made the client send this request."),
    CAUSATION_ID("X-EO-Causation-ID", Form.ID, "Id of the cause of this request, if that is no event."),
    INTENT("X-EO-Business-Intent", Form.INTENT, "Business purpose of the request, such as `reorder`."),
    TIMEOUT(
            "X-Request-Timeout-Ms",
            Form.MILLISECONDS,
            "Time in milliseconds after which the result is worthless: 100 to 86400000. An order that is not paid by"
                    + " then is cancelled.");

    /** Longest id; UUIDs have 36 characters. */
    static final int LONGEST_ID = 128;

    /** Longest intent. */
    static final int LONGEST_INTENT = 64;

    private final String header;
    private final Form form;
    private final String description;

    ContextHeader(String header, Form form, String description) {
        this.header = header;
        this.form = form;
        this.description = description;
    }

    /** The values that a header may have. */
    private enum Form {
        ID(
                "[A-Za-z0-9._:/@+=~-]{1," + LONGEST_ID + "}",
                "must be given once, with 1 to " + LONGEST_ID + " letters, digits or characters of ._:/@+=~-"),
        INTENT(
                "[A-Za-z][A-Za-z0-9._-]{0," + (LONGEST_INTENT - 1) + "}",
                "must be given once, with a letter and up to " + (LONGEST_INTENT - 1)
                        + " letters, digits or characters of ._-"),
        /** 100 milliseconds, the shortest time that a call-out gets, to 24 hours. */
        MILLISECONDS(
                "[1-9][0-9]{2,6}|[1-7][0-9]{7}|8[0-5][0-9]{6}|86[0-3][0-9]{5}|86400000",
                "must be given once, as a number of milliseconds from 100 to 86400000");

        private final Pattern pattern;
        private final String requirement;

        Form(String pattern, String requirement) {
            this.pattern = Pattern.compile(pattern);
            this.requirement = requirement;
        }
    }

    /** Returns the name, in the spelling of answers. */
    String header() {
        return header;
    }

    String description() {
        return description;
    }

    /** Returns a regular expression of the complete value. */
    String pattern() {
        return form.pattern.pattern();
    }

    boolean accepts(String value) {
        return form.pattern.matcher(value).matches();
    }

    Violation violation() {
        return new Violation(header, form.requirement);
    }
}
