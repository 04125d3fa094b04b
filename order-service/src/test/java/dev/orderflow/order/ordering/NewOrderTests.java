package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.PaymentMethod;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewOrderTests {

    private static final NewOrder.Line LAMP = new NewOrder.Line("LAMP", 2);
    private static final NewOrder.Line BOOK = new NewOrder.Line("BOOK", 1);

    @Test
    void equalOrdersHaveEqualFingerprints() {
        assertThat(order("ann", LAMP, BOOK).fingerprint())
                .isEqualTo(order("ann", new NewOrder.Line("LAMP", 2), BOOK).fingerprint());
    }

    @Test
    void anyDifferenceIsADifferentFingerprint() {
        var others = List.of(
                order("bob", LAMP, BOOK),
                order("ann", BOOK, LAMP),
                order("ann", LAMP),
                order("ann", LAMP, BOOK, BOOK),
                order("ann", new NewOrder.Line("LAMP", 3), BOOK),
                new NewOrder("ann", List.of(LAMP, BOOK), PaymentMethod.CARD_DECLINED));

        assertThat(others)
                .extracting(NewOrder::fingerprint)
                .noneSatisfy(other ->
                        assertThat(other).isEqualTo(order("ann", LAMP, BOOK).fingerprint()));
    }

    @Test
    void textsThatAreEqualWhenJoinedDiffer() {
        assertThat(new NewOrder("annC", List.of(LAMP), PaymentMethod.CARD).fingerprint())
                .isNotEqualTo(new NewOrder("ann", List.of(LAMP), PaymentMethod.CARD).fingerprint());
        assertThat(order("ann", new NewOrder.Line("A", 1), new NewOrder.Line("B", 1))
                        .fingerprint())
                .isNotEqualTo(order("ann", new NewOrder.Line("AB", 1)).fingerprint());
    }

    /** Stored with keys of clients that may come back after the next release. */
    @Test
    void theFingerprintStaysTheSameAcrossReleases() {
        assertThat(HexFormat.of().formatHex(order("ann", LAMP, BOOK).fingerprint()))
                .isEqualTo("4ecc7b7c6defccaf6aaa2d1dc45a8c6f08c42ea8f53d374e716adee7d042fec1");
    }

    @Test
    void couponsCountInNoOrder() {
        assertThat(withCoupons("A", "B").fingerprint())
                .isEqualTo(withCoupons("B", "A").fingerprint())
                .isNotEqualTo(withCoupons("AB").fingerprint())
                .isNotEqualTo(withCoupons().fingerprint());
        assertThat(withCoupons().fingerprint()).isEqualTo(order("ann", LAMP).fingerprint());
    }

    private static NewOrder withCoupons(String... coupons) {
        return new NewOrder("ann", List.of(LAMP), Set.of(coupons), PaymentMethod.CARD);
    }

    private static NewOrder order(String customerId, NewOrder.Line... lines) {
        return new NewOrder(customerId, Arrays.asList(lines), PaymentMethod.CARD);
    }
}
