package dev.orderflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the output of {@code ./demo dead-letters}. */
class DeadLettersTests {

    static final String LETTER = "0199aaaa-0000-7000-8000-000000000001";
    static final String EVENT = "0199aaaa-0000-7000-8000-0000000000e1";

    private static final String ITEM = """
            {"id":"%s","eventId":"%s","type":"order.reserved.v1","topic":"order-events","partition":3,"offset":17,"key":"4711",
             "tenant":"demo",
             "handler":"PaymentEvents.charge","exception":"java.lang.IllegalStateException","message":"card\\n\\treader is away",
             "rootCause":"java.io.IOException: cable","deaths":%d,"state":"DEAD","firstDiedAt":"2026-11-21T10:00:00Z",
             "diedAt":"%s","attempts":%s,"heldBehind":2%s}""";

    @TempDir
    Path folder;

    SuiteDouble suite;

    @BeforeEach
    void begin() {
        suite = new SuiteDouble(folder);
        suite.everywhere("GET /admin/dead-letters", 200, "{\"items\":[],\"nextCursor\":null}");
    }

    @AfterEach
    void end() {
        suite.close();
    }

    @Test
    void listMergesAllServicesNewestFirst() {
        suite.part(Part.PAYMENT).on("GET /admin/dead-letters", 200, page(item("2026-11-21T10:00:00.123Z")));
        suite.part(Part.ORDER).on("GET /admin/dead-letters", 200, page("""
                {"id":"0199aaaa-0000-7000-8000-000000000002","eventId":null,"type":null,"topic":"payment-events",
                 "partition":0,"offset":5,"key":null,"handler":null,"exception":"UndecodableException","message":null,
                 "rootCause":null,"deaths":1,"state":"QUEUED","firstDiedAt":"2026-11-21T11:00:00Z",
                 "diedAt":"2026-11-21T11:00:00Z","attempts":1,"heldBehind":0}"""));

        assertThat(suite.run("dead-letters", "list")).isZero();
        assertThat(suite.out())
                .containsExactly(
                        "service  id                                    died                  state   deaths  behind  "
                                + "type               key   cause",
                        "order    0199aaaa-0000-7000-8000-000000000002  2026-11-21T11:00:00Z  QUEUED  1       0       "
                                + "-                  -     UndecodableException",
                        "payment  0199aaaa-0000-7000-8000-000000000001  2026-11-21T10:00:00Z  DEAD    2       2       "
                                + "order.reserved.v1  4711  java.io.IOException: cable");
        assertThat(suite.err()).isEmpty();
        assertThat(suite.part(Part.PAYMENT).operators).containsExactly(System.getProperty("user.name"));
    }

    /** Anybody may write a record's key, and a service's message may contain any part of it. */
    @Test
    void foreignTextNeitherControlsTheTerminalNorForgesALine() {
        var hostile = "\\u001b[2J\\r\\nservice order\\u202e\\u009b31m";
        suite.part(Part.ORDER).on("GET /admin/dead-letters", 200, page(String.format(Locale.ROOT, """
                {"id":"0199aaaa-0000-7000-8000-000000000002","eventId":null,"type":"%1$s","topic":"payment-events",
                 "partition":0,"offset":5,"key":"%1$s","handler":null,"exception":"%1$s","message":"%1$s",
                 "rootCause":null,"deaths":1,"state":"DEAD","firstDiedAt":"2026-11-21T11:00:00Z",
                 "diedAt":"2026-11-21T11:00:00Z","attempts":1,"heldBehind":0}""", hostile)));

        assertThat(suite.run("dead-letters", "list")).isZero();

        assertThat(suite.out()).hasSize(2);
        assertThat(suite.out())
                .allSatisfy(line -> assertThat(line.codePoints().map(Character::getType))
                        .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT));
        assertThat(suite.out().getLast()).contains("\\u{1b}[2J");
    }

    @Test
    void optionsNarrowTheList() {
        assertThat(suite.run(
                        "dead-letters",
                        "list",
                        "--service",
                        "payment-service",
                        "--state",
                        "DEAD",
                        "--key",
                        "47 11",
                        "--tenant",
                        "demo"))
                .isZero();
        assertThat(suite.out()).containsExactly("No dead letters.");
        assertThat(suite.part(Part.ORDER).requests).isEmpty();
        assertThat(suite.part(Part.PAYMENT).requests)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("GET /admin/dead-letters?")
                        .contains("key=47%2011", "tenant=demo")
                        .contains("state=DEAD")
                        .contains("limit=51"));
    }

    @Test
    void pagesAreReadUntilThereAreEnough() {
        suite.part(Part.PAYMENT)
                .on(
                        "GET /admin/dead-letters",
                        200,
                        page(item("2026-11-21T10:00:00Z")).replace("null}", "\"a b\"}"),
                        page(item("2026-11-21T09:00:00Z"), item("2026-11-21T08:00:00Z")));

        assertThat(suite.run("dead-letters", "list", "--limit", "2")).isZero();
        assertThat(suite.out()).hasSize(4).last().isEqualTo("There are more; --limit shows them.");
        assertThat(suite.part(Part.PAYMENT).requests)
                .hasSize(2)
                .last()
                .asString()
                .contains("cursor=a%20b")
                .contains("limit=2");
    }

    @Test
    void anUnavailableServiceIsNamedAndTheOthersAreShown() {
        suite.part(Part.ORDER).close();
        suite.part(Part.PAYMENT).on("GET /admin/dead-letters", 200, page(item("2026-11-21T10:00:00Z")));

        assertThat(suite.run("dead-letters", "list")).isZero();
        assertThat(suite.out()).hasSize(2);
        assertThat(suite.err())
                .containsExactly("order is unavailable: no response from http://127.0.0.1:"
                        + suite.part(Part.ORDER).port());
        assertThat(suite.run("dead-letters", "list", "--service", "order")).isEqualTo(1);
    }

    @Test
    void whenAllServicesAreUnavailableTheCommandFails() {
        suite.close();

        assertThat(suite.run("dead-letters", "list")).isEqualTo(1);
        assertThat(suite.out()).isEmpty();
        assertThat(suite.err()).hasSameSizeAs(Part.services());
    }

    @Test
    void summaryCountsByCause() {
        suite.everywhere("GET /admin/dead-letters/summary", 200, "{\"items\":[]}");
        suite.part(Part.PAYMENT).on("GET /admin/dead-letters/summary", 200, """
                {"items":[{"handler":"PaymentEvents.charge","type":"order.reserved.v1","exception":"X",
                  "rootCause":"java.io.IOException: order # is odd","state":"DEAD","count":12,
                  "first":"2026-11-21T10:00:00Z","last":"2026-11-21T10:05:00Z"}]}""");

        assertThat(suite.run("dead-letters", "summary")).isZero();
        assertThat(suite.out())
                .containsExactly(
                        "service  count  state  first                 last                  type               "
                                + "handler               cause",
                        "payment  12     DEAD   2026-11-21T10:00:00Z  2026-11-21T10:05:00Z  order.reserved.v1  "
                                + "PaymentEvents.charge  java.io.IOException: order # is odd");
    }

    @Test
    void showTellsEverything() {
        suite.part(Part.PAYMENT).on("GET /admin/dead-letters/" + EVENT, 200, details("""
                {"orderId":"4711","total":{"amount":"15.30","currency":"GBP"}}"""));

        assertThat(suite.run("dead-letters", "show", EVENT)).isZero();
        assertThat(suite.out())
                .containsExactly(
                        "dead letter  0199aaaa-0000-7000-8000-000000000001",
                        "service      payment",
                        "state        DEAD",
                        "died         2026-11-21T10:01:11Z (2 times, first at 2026-11-21T10:00:00Z)",
                        "event        0199aaaa-0000-7000-8000-0000000000e1",
                        "type         order.reserved.v1",
                        "key          4711",
                        "tenant       demo",
                        "record       order-events-3@17",
                        "handler      PaymentEvents.charge",
                        "exception    java.lang.IllegalStateException: card\\n\\treader is away",
                        "root cause   java.io.IOException: cable",
                        "held behind  2",
                        "attempts",
                        "  2026-11-21T10:00:00Z  original topic  java.lang.IllegalStateException: no",
                        "  2026-11-21T10:00:01Z  after retry-1   java.lang.IllegalStateException",
                        "headers",
                        "  ce_id: " + EVENT,
                        "  ce_type: order.reserved.v1",
                        "payload",
                        "  {",
                        "    \"orderId\" : \"4711\",",
                        "    \"total\" : {",
                        "      \"amount\" : \"15.30\",",
                        "      \"currency\" : \"GBP\"",
                        "    }",
                        "  }");
    }

    @Test
    void aBinaryPayloadIsShownInBase64() {
        suite.part(Part.PAYMENT).on("GET /admin/dead-letters/" + LETTER, 200, details("{\"base64\":\"AAEC\"}"));

        assertThat(suite.run("dead-letters", "show", LETTER)).isZero();
        assertThat(suite.out()).endsWith("payload", "  not JSON, 3 bytes; in Base64:", "  AAEC");
    }

    @Test
    void anUnknownLetterIsReported() {
        assertThat(suite.run("dead-letters", "show", LETTER)).isEqualTo(1);
        assertThat(suite.err()).containsExactly("There is no dead letter " + LETTER + ".");
        assertThat(suite.run("dead-letters", "show", "4711")).isEqualTo(2);
    }

    @Test
    void holdsTellWhatWaitsForWhat() {
        suite.everywhere("GET /admin/holds", 200, "{\"items\":[],\"nextCursor\":null}");
        suite.part(Part.NOTIFICATION).on("GET /admin/holds", 200, """
                {"items":[{"eventId":"e2","type":"order.paid.v1","topic":"order-events","key":"4711","position":2,
                  "state":"HELD","since":"2026-11-21T10:00:00Z","level":2,"due":"2026-11-21T10:00:10Z","attempts":0,
                  "waitsFor":"e1"}],"nextCursor":null}""");

        assertThat(suite.run("dead-letters", "holds", "--key", "4711")).isZero();
        assertThat(suite.out())
                .containsExactly(
                        "service       event  state  since                 level  due                   attempts  "
                                + "type           key   waits for",
                        "notification  e2     HELD   2026-11-21T10:00:00Z  2      2026-11-21T10:00:10Z  0         "
                                + "order.paid.v1  4711  e1");
    }

    @Test
    void aServiceThatDoesNotServeOperatorsIsNamed() {
        suite.part(Part.PAYMENT)
                .on("GET /admin/dead-letters", 404, "{\"status\":404,\"detail\":\"No static resource.\"}");

        assertThat(suite.run("dead-letters", "list", "--service", "payment")).isEqualTo(1);
        assertThat(suite.err())
                .containsExactly("payment has no operators' API: start it with eventing.admin.enabled=true, as"
                        + " ./demo up does.");
    }

    @Test
    void aRefusalNamesTheService() {
        suite.part(Part.PAYMENT)
                .on("GET /admin/dead-letters", 400, "{\"code\":\"bad_state\",\"detail\":\"ODD is no state.\"}");

        assertThat(suite.run("dead-letters", "list", "--service", "payment", "--state", "ODD"))
                .isEqualTo(1);
        assertThat(suite.err()).containsExactly("payment refuses: ODD is no state.");
    }

    @Test
    void helpListsAllThatCanBeDone() {
        assertThat(suite.run("dead-letters", "--help")).isZero();
        assertThat(String.join("\n", suite.out()))
                .contains("list", "summary", "show", "replay", "discard", "replays", "holds");
        assertThat(suite.run("--help")).isZero();
        assertThat(suite.out()).anyMatch(line -> line.startsWith("  dead-letters"));
    }

    static String details(String payload) {
        return String.format(
                Locale.ROOT,
                ITEM,
                LETTER,
                EVENT,
                2,
                "2026-11-21T10:01:11Z",
                """
                [{"at":"2026-11-21T10:00:00Z","level":0,"exception":"java.lang.IllegalStateException","message":"no"},
                 {"at":"2026-11-21T10:00:01Z","level":1,"exception":"java.lang.IllegalStateException","message":null}]""",
                String.format(Locale.ROOT, """
                ,"headers":{"ce_type":"order.reserved.v1","ce_id":"%s"},"payload":%s""", EVENT, payload));
    }

    private static String item(String diedAt) {
        return String.format(Locale.ROOT, ITEM, LETTER, EVENT, 2, diedAt, "4", "");
    }

    private static String page(String... items) {
        return "{\"items\":[" + String.join(",", items) + "],\"nextCursor\":null}";
    }
}
