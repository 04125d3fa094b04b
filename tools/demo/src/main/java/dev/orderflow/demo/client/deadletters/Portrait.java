package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.deadletters.DeadLetters.Found;
import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Prints all details of a dead letter. */
record Portrait(PrintWriter out) {

    void print(String service, Found found) {
        var letter = found.letter();
        line("dead letter", letter.id());
        line("service", service);
        line("state", letter.state());
        line(
                "died",
                letter.diedAt()
                        + (letter.deaths() > 1
                                ? " (" + letter.deaths() + " times, first at " + letter.firstDiedAt() + ")"
                                : ""));
        line("event", letter.eventId());
        line("type", letter.type());
        line("key", letter.key());
        line("tenant", letter.tenant());
        line("record", String.format(Locale.ROOT, "%s-%d@%d", letter.topic(), letter.partition(), letter.offset()));
        line("handler", letter.handler());
        line("exception", letter.failure());
        line("root cause", letter.rootCause());
        line("held behind", letter.heldBehind());
        print(found.contents());
    }

    private void print(Contents contents) {
        out.println("attempts");
        for (var attempt : contents.attempts()) {
            out.printf(
                    Locale.ROOT,
                    "  %s  %-14s  %s%n",
                    attempt.at(),
                    attempt.level() == 0 ? "original topic" : "after retry-" + attempt.level(),
                    ForeignText.line(
                            attempt.message() == null
                                    ? attempt.exception()
                                    : attempt.exception() + ": " + attempt.message()));
        }
        out.println("headers");
        new TreeMap<>(contents.headers())
                .forEach((name, value) -> out.println("  " + ForeignText.line(name) + ": " + ForeignText.line(value)));
        out.println("payload");
        pretty(contents.payload()).lines().forEach(line -> out.println("  " + line));
    }

    private void line(String name, @Nullable Object value) {
        out.printf(Locale.ROOT, "%-12s %s%n", name, value == null ? "-" : ForeignText.line(value));
    }

    private static String pretty(@Nullable JsonNode payload) {
        if (payload == null || payload.isNull()) {
            return "none";
        }
        if (payload.isObject() && payload.size() == 1 && payload.has("base64")) {
            var encoded = payload.get("base64").asString();
            return String.format(
                    Locale.ROOT,
                    "not JSON, %d bytes; in Base64:%n%s",
                    Base64.getDecoder().decode(encoded).length,
                    encoded);
        }
        return payload.toPrettyString();
    }
}
