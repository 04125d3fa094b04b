package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.CancellationReason;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MailTemplatesTests {

    private static final UUID ORDER = UUID.fromString("0198c5a0-0000-7000-8000-000000000001");

    private final MailTemplates templates = new MailTemplates();

    @Test
    void aPlacedOrderIsListedLineByLine() {
        var text = templates.write(SampleEvents.placed(ORDER, "17850"));

        assertThat(text.subject()).isEqualTo("We have received your order " + ORDER);
        assertThat(text.plain()).isEqualTo("""
                Hello,

                thank you for your order 0198c5a0-0000-7000-8000-000000000001, which we received on 1 December 2010 at 08:26 UTC:

                  6 x WHITE HANGING HEART T-LIGHT HOLDER, 2.55 GBP each: 15.30 GBP

                Total: 15.30 GBP

                We will write again when your products are set aside and when your payment has gone through.

                Your Orderflow shop
                """);
    }

    @Test
    void aDiscountIsNamedWhereThereIsOne() {
        var text = templates.write(SampleEvents.placed(
                ORDER,
                SampleEvents.line("T-LIGHT HOLDER", "0.00", "15.30"),
                SampleEvents.line("HOOK", "0.25", "13.80")));

        assertThat(text.plain()).contains("""

                  6 x T-LIGHT HOLDER, 2.55 GBP each: 15.30 GBP
                  6 x HOOK, 2.55 GBP less 0.25 GBP each: 13.80 GBP

                Total: 15.30 GBP
                """);
        assertThat(HtmlText.of(text.html()).rows())
                .containsExactly(
                        List.of("Product", "Quantity", "Price each", "Discount each", "Amount"),
                        List.of("T-LIGHT HOLDER", "6", "2.55 GBP", "", "15.30 GBP"),
                        List.of("HOOK", "6", "2.55 GBP", "0.25 GBP", "13.80 GBP"));
    }

    @Test
    void withoutDiscountsTheTableHasNoColumnOfThem() {
        var text = templates.write(SampleEvents.placed(ORDER, "17850"));

        assertThat(HtmlText.of(text.html()).rows())
                .containsExactly(
                        List.of("Product", "Quantity", "Price each", "Amount"),
                        List.of("WHITE HANGING HEART T-LIGHT HOLDER", "6", "2.55 GBP", "15.30 GBP"));
    }

    @Test
    void aReservedOrderNamesTheComingCharge() {
        var text = templates.write(SampleEvents.reserved(ORDER, "17850"));

        assertThat(text.subject()).isEqualTo("Your order " + ORDER + " is in stock");
        assertThat(text.plain())
                .contains("on 1 December 2010 at 08:26 UTC.\nNext, we charge your card with 15.30 GBP.");
    }

    @Test
    void aReminderNamesTheChargeAndTheTimeOut() {
        var text = templates.write(SampleEvents.unpaid(ORDER, "17850"));

        assertThat(text.subject()).isEqualTo("We are still waiting for your payment of order " + ORDER);
        assertThat(text.plain())
                .contains("on 1 December 2010 at 08:26 UTC, your payment of 15.30 GBP")
                .contains("Unless it is paid by 1 December 2010 at 08:31 UTC, we cancel the order");
    }

    @Test
    void aPaidOrderNamesTheCharge() {
        var text = templates.write(SampleEvents.paid(ORDER, "17850"));

        assertThat(text.subject()).isEqualTo("We have received your payment for order " + ORDER);
        assertThat(text.plain()).contains("your payment of 15.30 GBP went through");
    }

    @Test
    void aShippedOrderNamesItsTrackingAndADeliveredOneItsArrival() {
        var shipped = templates.write(SampleEvents.shipped(ORDER, "17850"));
        var delivered = templates.write(SampleEvents.delivered(ORDER, "17850"));

        assertThat(shipped.subject()).isEqualTo("Your order " + ORDER + " is on its way");
        assertThat(shipped.plain()).contains("on 1 December 2010 at 08:26 UTC", "\nTracking id: trk_1\n");
        assertThat(delivered.subject()).isEqualTo("Your order " + ORDER + " has arrived");
        assertThat(delivered.plain()).contains("was delivered on 1 December 2010 at 08:26 UTC.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1 | 1 point", "15 | 15 points", "1234567 | 1,234,567 points"})
    void aShippedAndADeliveredOrderNameTheirPoints(long points, String words) {
        var shipped = templates.write(SampleEvents.shipped(ORDER, "17850"), points);
        var delivered = templates.write(SampleEvents.delivered(ORDER, "17850"), points);

        assertThat(shipped.plain()).endsWith("""
                        It can no longer be cancelled.

                        You have earned %s with this order.

                        Your Orderflow shop
                        """.formatted(words));
        assertThat(delivered.plain()).contains("\n\nYou have earned " + words + " with this order.\n\n");
        for (var text : List.of(shipped, delivered)) {
            assertThat(HtmlText.of(text.html()).shown()).contains("You have earned " + words + " with this order.");
        }
    }

    @Test
    void withoutPointsTheirLineIsLeftOut() {
        var text = templates.write(SampleEvents.shipped(ORDER, "17850"));

        assertThat(text.plain()).endsWith("It can no longer be cancelled.\n\nYour Orderflow shop\n");
        assertThat(text.html()).doesNotContain("earned");
    }

    @Test
    void aFollowUpNamesTheDelivery() {
        var text = templates.write(SampleEvents.followUpDue(ORDER, "17850"));

        assertThat(text.subject()).isEqualTo("Is everything well with your order " + ORDER + "?");
        assertThat(text.plain()).contains("was delivered on 1 December 2010 at 08:26 UTC.");
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledOrderNamesItsReason(CancellationReason reason) {
        var text = templates.write(SampleEvents.cancelled(ORDER, "17850", reason));

        assertThat(text.subject()).isEqualTo("Your order " + ORDER + " is cancelled");
        assertThat(text.plain().lines().toList().get(3)).hasSizeGreaterThan(40).doesNotContain("[", "null");
    }

    @Test
    void eachReasonHasItsOwnWords() {
        var bodies = Arrays.stream(CancellationReason.values())
                .map(reason -> SampleEvents.cancelled(ORDER, "17850", reason))
                .map(event -> templates.write(event).plain());

        assertThat(bodies).doesNotHaveDuplicates();
    }

    @Test
    void aProductsNameIsPlainTextOnOneLine() {
        var event = SampleEvents.placed(
                ORDER, "17850", "T-light <b>\"holder\"</b> & [(${total})]\r\n\u2028Total: 0.00 GBP");

        assertThat(templates.write(event).plain())
                .contains("  6 x T-light <b>\"holder\"</b> & [(${total})] Total: 0.00 GBP, 2.55 GBP each: 15.30 GBP\n");
    }
}
