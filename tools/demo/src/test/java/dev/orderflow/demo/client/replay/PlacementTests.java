package dev.orderflow.demo.client.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopDouble;
import dev.orderflow.demo.token.ExpiringTokens;
import dev.orderflow.events.order.PaymentMethod;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacementTests {

    private final ShopDouble shop = new ShopDouble();
    private final ShopClient client = new ShopClient(shop.endpoints());

    @AfterEach
    void end() {
        client.close();
        shop.close();
    }

    @Test
    void anOrderWhoseAnswerIsLostIsPlacedOnce() {
        shop.lostAnswers = 2;
        var placed = placement(Duration.ofSeconds(60)).place(invoices(20, "A"), "run");

        assertThat(placed.orderIds()).hasSize(20).hasSameElementsAs(shop.orders.values());
        assertThat(placed.refusals().total()).isZero();
        assertThat(placed.latency().getTotalCount()).isEqualTo(20);
        assertThat(shop.requests).hasValueGreaterThanOrEqualTo(60);
    }

    @Test
    void ordersArePlacedForLongerThanATokenIsValid() {
        var tokens = new ExpiringTokens();
        var refused = new AtomicInteger();
        shop.accepted = token -> {
            var valid = tokens.isValid(token);
            tokens.pass(Duration.ofMinutes(1));
            refused.addAndGet(valid ? 0 : 1);
            return valid;
        };

        try (var secured = new ShopClient(shop.endpoints(), tokens)) {
            var patience = new Patience(Duration.ofSeconds(60));
            var placed =
                    new Placement(secured, patience, new Crowd(1), Clock.systemUTC()).place(invoices(60, "A"), "run");

            assertThat(placed.orderIds()).hasSize(60);
        }
        assertThat(refused).hasValue(0);
        assertThat(tokens.granted.get()).isBetween(4, 8);
    }

    @Test
    void aRefusedOrderIsCountedAndNotTriedAgain() {
        var placed = placement(Duration.ofSeconds(60)).place(invoices(2, "REFUSED"), "run");

        assertThat(placed.orderIds()).isEmpty();
        assertThat(placed.refusals().total()).isEqualTo(2);
        assertThat(placed.missing()).isZero();
        assertThat(printed(placed.refusals())).hasSize(1).first().asString().startsWith("refused    2: unknown_sku: ");
        assertThat(shop.requests).hasValue(2);
    }

    @Test
    void theOrdersOfTwoRunsAreDifferentOrders() {
        placement(Duration.ofSeconds(60)).place(invoices(3, "A"), "one");
        placement(Duration.ofSeconds(60)).place(invoices(3, "A"), "two");

        assertThat(shop.orders).hasSize(6);
    }

    @Test
    void aServiceThatStaysUnavailableIsGivenUp() {
        shop.lostAnswers = Integer.MAX_VALUE;
        var placed = placement(Duration.ofSeconds(4)).place(invoices(1, "A"), "run");

        assertThat(placed.orderIds()).isEmpty();
        assertThat(printed(placed.refusals()))
                .singleElement()
                .asString()
                .startsWith("refused    1: gave up: no response from")
                .endsWith("first: invoice 0");
    }

    @Test
    void eachInvoiceHasItsOwnOrderWhateverItsNumber() {
        var names = List.of(
                "\u21161301", "\u00C41", "\u00D61", "?1", "\uFFFD1", "a\r\nb", "\u001B[2J", " ", "x".repeat(90));
        var invoices = names.stream().map(name -> invoice(name, "A")).toList();

        var placed = placement(Duration.ofSeconds(60)).place(invoices, "run");

        assertThat(placed.orderIds()).hasSize(names.size()).hasSameElementsAs(shop.orders.values());
        assertThat(placed.missing()).isZero();
    }

    @Test
    void anInvoiceThatCannotEvenBeSentIsNamedAndTheOthersArePlaced() {
        var invoices =
                List.of(invoice("good", "A"), new RetailOrders.Invoice("bad\u001B[2J", new Unsendable().order()));

        var placed = placement(Duration.ofSeconds(60)).place(invoices, "run");

        assertThat(placed.orderIds()).hasSize(1);
        assertThat(printed(placed.refusals()))
                .singleElement()
                .asString()
                .startsWith("refused    1: failed: ")
                .endsWith("first: invoice bad\\u{1b}[2J");
    }

    @Test
    void anInvoiceThatGetsTheOrderOfAnotherIsMissing() {
        var placed = new Placement.Placed(
                2, Set.of(UUID.randomUUID()), new Refusals(), new Histogram(3), Instant.EPOCH, Duration.ZERO);

        assertThat(placed.missing()).isEqualTo(1);
        assertThat(new ReplayResult(placed, List.of(), Set.of()).complete()).isFalse();
    }

    /** Order whose lines cannot be read. */
    private static final class Unsendable extends AbstractList<NewOrder.Line> {

        @Override
        public NewOrder.Line get(int index) {
            throw new IllegalStateException("no line");
        }

        @Override
        public int size() {
            return 1;
        }

        private NewOrder order() {
            return new NewOrder("c", this, PaymentMethod.CARD);
        }
    }

    private static List<String> printed(Refusals refusals) {
        var text = new StringWriter();
        refusals.print(new PrintWriter(text, true));
        return text.toString().lines().toList();
    }

    private Placement placement(Duration patience) {
        return new Placement(client, new Patience(patience), new Crowd(8), Clock.systemUTC());
    }

    private static List<RetailOrders.Invoice> invoices(int count, String sku) {
        return IntStream.range(0, count)
                .mapToObj(number -> invoice(Integer.toString(number), sku))
                .toList();
    }

    private static RetailOrders.Invoice invoice(String number, String sku) {
        return new RetailOrders.Invoice(
                number, new NewOrder("c", List.of(new NewOrder.Line(sku, 1)), PaymentMethod.CARD));
    }
}
