package dev.orderflow.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentTests {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Money AMOUNT = Money.of("15.30", "GBP");
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant LATER = AT.plusSeconds(60);

    @Test
    void aCapturedPaymentCanBeRefundedOnce() {
        var payment = Payment.captured(ORDER, "demo", AMOUNT, "pay_1", AT);

        payment.refund(LATER);

        assertThat(payment.state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(payment.createdAt()).isEqualTo(AT);
        assertThat(payment.updatedAt()).isEqualTo(LATER);
        assertThatIllegalStateException().isThrownBy(() -> payment.refund(LATER));
    }

    @Test
    void aDeclinedPaymentCannotBeRefunded() {
        var payment = Payment.declined(ORDER, "demo", AMOUNT, "pay_1", "card declined", AT);

        assertThatIllegalStateException().isThrownBy(() -> payment.refund(LATER));
    }

    @Test
    void theAmountKeepsTheDecimalsOfItsCurrency() {
        assertThat(Payment.captured(ORDER, "demo", Money.of("1500", "JPY"), "pay_1", AT)
                        .amount())
                .isEqualTo(Money.of("1500", "JPY"));
    }
}
