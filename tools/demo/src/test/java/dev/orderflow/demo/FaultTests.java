package dev.orderflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code ./demo fault}, and how {@code ./demo status} shows faults. */
class FaultTests {

    private static final String EVENT = "0199aaaa-0000-7000-8000-0000000000e1";
    private static final String HANDLER = """
            {"id":"f1","kind":"HANDLER","handler":"PaymentEvents.charge","key":"4711","remaining":2,"exception":"TRANSIENT"}""";
    private static final String PROVIDER = """
            {"id":"f2","action":"DECLINE","remaining":null,"card":"CARD","orderId":null}""";

    @TempDir
    Path folder;

    SuiteDouble suite;
    PartDouble payment;
    PartDouble sandbox;

    @BeforeEach
    void begin() {
        suite = new SuiteDouble(folder);
        payment = suite.part(Part.PAYMENT);
        sandbox = suite.part(Part.SANDBOX);
        suite.everywhere("GET /admin/faults", 200, "{\"items\":[]}");
        sandbox.on("GET /sandbox/faults", 200, "{\"items\":[]}");
    }

    @AfterEach
    void end() {
        suite.close();
    }

    @Test
    void theProviderDeclines() {
        sandbox.on("POST /sandbox/faults", 201, PROVIDER);

        assertThat(suite.run("fault", "provider", "decline", "--card", "CARD")).isZero();
        assertThat(suite.out())
                .containsExactly("From now on the provider declines all charges with CARD, until it is cleared. "
                        + "./demo fault clear f2 ends it.");
        assertThat(sandbox.requests).singleElement().asString().contains("\"action\":\"DECLINE\"", "\"card\":\"CARD\"");
    }

    @Test
    void aHandlerFailsForAnOrder() {
        payment.on("POST /admin/faults/handlers", 201, HANDLER);

        assertThat(suite.run(
                        "fault", "handler", "payment", "4711", "--times", "2", "--handler", "PaymentEvents.charge"))
                .isZero();
        assertThat(suite.out())
                .containsExactly("In payment, PaymentEvents.charge fails for order 4711, 2 more times. "
                        + "./demo fault clear f1 ends it.");
        assertThat(payment.requests)
                .singleElement()
                .asString()
                .contains(
                        "\"key\":\"4711\"",
                        "\"times\":2",
                        "\"permanent\":false",
                        "\"handler\":\"PaymentEvents.charge\"");
    }

    @Test
    void aHandlerFailsForAShareOfAllOrders() {
        payment.on("POST /admin/faults/handlers", 201, """
                {"id":"f3","kind":"HANDLER","handler":null,"key":"*","share":0.01,"remaining":null,"exception":"PERMANENT"}""");

        assertThat(suite.run("fault", "handler", "payment", "--share", "0.01", "--permanent"))
                .isZero();
        assertThat(suite.out())
                .containsExactly(
                        "In payment, every handler fails for 1 % of all orders with a permanent error, until it is cleared. "
                                + "./demo fault clear f3 ends it.");
        assertThat(payment.requests)
                .singleElement()
                .asString()
                .contains("\"key\":\"*\"", "\"share\":0.01", "\"permanent\":true");
    }

    @Test
    void anActionWithoutASelectionIsRefused() {
        assertThat(suite.run("fault", "handler", "payment")).isEqualTo(2);
        assertThat(suite.run("fault", "handler", "payment", "4711", "--share", "0.5"))
                .isEqualTo(2);
        assertThat(suite.run("fault", "handler", "payment", "--share", "1.5")).isEqualTo(2);
        assertThat(suite.run("fault", "handler", "catering", "4711")).isEqualTo(2);
        assertThat(suite.run("fault", "provider", "explode")).isEqualTo(2);
        assertThat(suite.run("fault", "provider", "hang", "--times", "0")).isEqualTo(2);
        assertThat(suite.run("fault", "clear")).isEqualTo(2);
        assertThat(suite.err())
                .contains(
                        "Which orders? Name one, or else give --share",
                        "--share must be more than 0 and not more than 1",
                        "--times must be 1 or more",
                        "Which fault? Name its id, or else give --all")
                .anyMatch(line -> line.contains(
                        "there is no service 'catering'; choose one of order, inventory, payment, shipping,"
                                + " loyalty, notification"));
        assertThat(payment.requests).isEmpty();
    }

    @Test
    void aServiceWithoutSwitchesIsReported() {
        assertThat(suite.run("fault", "handler", "payment", "4711")).isEqualTo(1);
        assertThat(suite.err())
                .containsExactly("payment has no fault switches: it needs profile demo and eventing.admin.enabled=true."
                        + " ./demo up starts it with both.");
    }

    @Test
    void poisonIsPutByAnyServiceThatCan() {
        suite.part(Part.ORDER).close();
        suite.part(Part.INVENTORY)
                .on("POST /admin/faults/poison", 200, "{\"topic\":\"order-events\",\"partition\":3,\"offset\":17}");

        assertThat(suite.run("fault", "poison", "order-events", "--key", "4711", "--value", "{"))
                .isZero();
        assertThat(suite.out()).containsExactly("Wrote a poison record at order-events-3@17.");
        assertThat(suite.err()).singleElement().asString().startsWith("order is unavailable: ");
        assertThat(suite.part(Part.INVENTORY).requests)
                .singleElement()
                .asString()
                .contains("\"topic\":\"order-events\"", "\"key\":\"4711\"", "\"value\":\"{\"");
    }

    @Test
    void anEventIsRedeliveredByTheServiceThatHasPublishedIt() {
        payment.on("POST /admin/faults/redeliver", 200, "{\"topic\":\"payment-events\",\"partition\":0,\"offset\":9}");

        assertThat(suite.run("fault", "redeliver", EVENT)).isZero();
        assertThat(suite.out()).containsExactly(EVENT + " was sent again, to payment-events-0@9.");
        assertThat(suite.part(Part.ORDER).requests)
                .containsExactly("POST /admin/faults/redeliver {\"eventId\":\"" + EVENT + "\"}");
        assertThat(suite.part(Part.NOTIFICATION).requests).isEmpty();
    }

    @Test
    void anUnpublishedEventIsReported() {
        assertThat(suite.run("fault", "redeliver", EVENT)).isEqualTo(1);
        assertThat(suite.err()).containsExactly("No service has published " + EVENT);
    }

    @Test
    void faultsAreListedAndClearedOneByOne() {
        payment.on("GET /admin/faults", 200, "{\"items\":[" + HANDLER + "]}");
        payment.on("DELETE /admin/faults/f1", 204, "");
        sandbox.on("GET /sandbox/faults", 200, "{\"items\":[" + PROVIDER + "]}");

        assertThat(suite.run("fault", "list")).isZero();
        assertThat(suite.run("fault", "clear", "f1")).isZero();
        assertThat(suite.run("fault", "clear", "f9")).isEqualTo(1);
        assertThat(suite.out())
                .containsExactly(
                        "part     id  fault",
                        "sandbox  f2  the provider declines all charges with CARD, until it is cleared",
                        "payment  f1  PaymentEvents.charge fails for order 4711, 2 more times",
                        "Cleared: PaymentEvents.charge fails for order 4711, 2 more times.");
        assertThat(suite.err()).containsExactly("There is no fault f9.");
        assertThat(payment.requests).contains("DELETE /admin/faults/f1");
    }

    @Test
    void allFaultsAreClearedEvenWhereThereAreNoSwitches() {
        payment.on("DELETE /admin/faults", 204, "");
        sandbox.on("DELETE /sandbox/faults", 204, "");

        assertThat(suite.run("fault", "clear", "--all")).isZero();
        assertThat(suite.out()).containsExactly("All faults are cleared.");
        assertThat(payment.requests).containsExactly("DELETE /admin/faults");
        assertThat(sandbox.requests).containsExactly("DELETE /sandbox/faults");
    }

    @Test
    void statusTellsWhatIsUnresolvedAndWhichFaultsAreInForce() {
        payment.on("GET /admin/faults", 200, "{\"items\":[" + HANDLER + "]}");
        payment.on(
                "GET /admin/holds/summary",
                200,
                "{\"retrying\":1,\"held\":20,\"parked\":3,\"dead\":2,\"oldestSince\":\"2026-11-21T10:00:00Z\"}");
        payment.on("GET /admin/dead-letters/summary", 200, """
                {"items":[{"handler":"h","type":"t","exception":"e","rootCause":"c","state":"DEAD","count":2,
                           "first":"2026-11-21T10:00:00Z","last":"2026-11-21T10:00:00Z"},
                          {"handler":"h","type":"t","exception":"e","rootCause":"c","state":"REPLAYED","count":5,
                           "first":"2026-11-21T10:00:00Z","last":"2026-11-21T10:00:00Z"}]}""");
        suite.part(Part.ORDER).close();

        assertThat(suite.run("status")).isZero();
        assertThat(suite.out())
                .containsSequence(
                        "process       state         pid  health        MiB   outbox retrying     held     dead")
                .contains(
                        "order         stopped         -  -               -        -        -        -        -",
                        "payment       stopped         -  -               -        -        1       23        2")
                .endsWith("", "fault in payment: PaymentEvents.charge fails for order 4711, 2 more times (f1)");
    }

    @Test
    void statusReportsThatThereIsNoFault() {
        assertThat(suite.run("status")).isZero();
        assertThat(suite.out()).last().isEqualTo("faults: none");
    }
}
