package dev.orderflow.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.events.Money;
import dev.orderflow.events.OtherTenantException;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.payment.provider.ChargeAnswer;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.ProviderUnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentEventHandlersTests {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Money TOTAL = Money.of("15.30", "GBP");
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final OrderReserved RESERVED = new OrderReserved(ORDER, "c1", TOTAL, PaymentMethod.CARD, NOW);
    private static final OrderCancelled CANCELLED =
            new OrderCancelled(ORDER, "c1", CancellationReason.CUSTOMER_REQUEST, NOW);

    private Instant now = NOW;
    private final PaymentProvider provider = mock();
    private final StoredPayments payments = new StoredPayments();
    private final List<DomainEvent> published = new ArrayList<>();
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final PaymentEventHandlers handlers = new PaymentEventHandlers(provider, payments, published::add, clock);

    @Test
    void aCaptureIsRecordedAndPublished() {
        given(provider.charge(ORDER, TOTAL, PaymentMethod.CARD, Optional.empty()))
                .willReturn(new ChargeAnswer.Captured("pay_1"));

        handlers.authorize(RESERVED).apply();

        assertThat(payments.get(ORDER).state()).isEqualTo(PaymentState.CAPTURED);
        assertThat(payments.get(ORDER).providerReference()).isEqualTo("pay_1");
        assertThat(published).containsExactly(new PaymentCompleted(ORDER, TOTAL, "pay_1", NOW));
    }

    @Test
    void aDeclineIsRecordedAndPublished() {
        given(provider.charge(ORDER, TOTAL, PaymentMethod.CARD, Optional.empty()))
                .willReturn(new ChargeAnswer.Declined("pay_1", "card declined"));

        handlers.authorize(RESERVED).apply();

        assertThat(payments.get(ORDER).state()).isEqualTo(PaymentState.DECLINED);
        assertThat(payments.get(ORDER).declineReason()).isEqualTo("card declined");
        assertThat(published).containsExactly(new PaymentDeclined(ORDER, TOTAL, "card declined", NOW));
    }

    @Test
    void theCallItselfRecordsNothing() {
        given(provider.charge(ORDER, TOTAL, PaymentMethod.CARD, Optional.empty()))
                .willReturn(new ChargeAnswer.Captured("pay_1"));

        var afterCall = handlers.authorize(RESERVED);

        assertThat(afterCall).isNotNull();
        assertThat(payments.findById(ORDER)).isEmpty();
        assertThat(published).isEmpty();
    }

    @Test
    void afterItsDeadlineAnOrderIsNotCharged() {
        given(provider.close(ORDER, TOTAL, PaymentMethod.CARD))
                .willReturn(new ChargeAnswer.Declined("pay_1", "closed"));

        within(NOW, () -> handlers.authorize(RESERVED)).apply();

        verify(provider, never()).charge(any(), any(), any(), any());
        assertThat(published).containsExactly(new PaymentDeclined(ORDER, TOTAL, "closed", NOW));
    }

    @Test
    void anOrderThatAnotherTenantPaidIsNotCharged() {
        payments.save(Payment.captured(ORDER, "other", TOTAL, "pay_1", NOW));

        assertThatExceptionOfType(OtherTenantException.class).isThrownBy(() -> handlers.authorize(RESERVED));
        assertThatExceptionOfType(OtherTenantException.class)
                .isThrownBy(() -> within(NOW, () -> handlers.authorize(RESERVED)));

        verifyNoInteractions(provider);
    }

    /** Its answer was lost. Recorded, the charge is refunded when the order is cancelled. */
    @Test
    void aChargeThatWasMadeBeforeTheDeadlineIsRecordedAfterIt() {
        given(provider.close(ORDER, TOTAL, PaymentMethod.CARD)).willReturn(new ChargeAnswer.Captured("pay_1"));
        given(provider.refund(ORDER)).willReturn("ref_1");

        within(NOW, () -> handlers.authorize(RESERVED)).apply();
        handlers.refund(CANCELLED).apply();

        verify(provider, never()).charge(any(), any(), any(), any());
        assertThat(published)
                .containsExactly(
                        new PaymentCompleted(ORDER, TOTAL, "pay_1", NOW),
                        new PaymentRefunded(ORDER, TOTAL, "ref_1", NOW));
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "99, 100", "2000, 2000"})
    void aChargeIsLimitedByTheTimeUntilTheDeadline(long left, long limit) {
        given(provider.charge(ORDER, TOTAL, PaymentMethod.CARD, Optional.of(Duration.ofMillis(limit))))
                .willReturn(new ChargeAnswer.Captured("pay_1"));

        within(NOW.plusMillis(left), () -> handlers.authorize(RESERVED)).apply();

        assertThat(published).containsExactly(new PaymentCompleted(ORDER, TOTAL, "pay_1", NOW));
    }

    @Test
    void aChargeWithoutAnAnswerUntilTheDeadlineIsClosed() {
        given(provider.charge(any(), any(), any(), any())).willAnswer(call -> {
            now = NOW.plusMillis(100);
            throw new ProviderUnavailableException("slow", new IOException());
        });
        given(provider.close(ORDER, TOTAL, PaymentMethod.CARD))
                .willReturn(new ChargeAnswer.Declined("pay_1", "closed"));

        within(NOW.plusMillis(100), () -> handlers.authorize(RESERVED)).apply();

        assertThat(published).containsExactly(new PaymentDeclined(ORDER, TOTAL, "closed", now));
    }

    @Test
    void aChargeThatFailsBeforeTheDeadlineIsLeftToTheGuard() {
        given(provider.charge(any(), any(), any(), any()))
                .willThrow(new ProviderUnavailableException("away", new IOException()));

        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> within(NOW.plusMillis(1), () -> handlers.authorize(RESERVED)));

        verify(provider, never()).close(any(), any(), any());
    }

    @Test
    void aFailureIsLeftToTheGuard() {
        given(provider.charge(ORDER, TOTAL, PaymentMethod.CARD, Optional.empty()))
                .willThrow(new ProviderUnavailableException("away", new IOException()));

        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(() -> handlers.authorize(RESERVED));
    }

    @Test
    void aCapturedPaymentIsRefundedWhenTheOrderIsCancelled() {
        payments.save(Payment.captured(ORDER, "demo", TOTAL, "pay_1", NOW.minusSeconds(60)));
        given(provider.refund(ORDER)).willReturn("ref_1");

        handlers.refund(CANCELLED).apply();

        assertThat(payments.get(ORDER).state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(payments.get(ORDER).updatedAt()).isEqualTo(NOW);
        assertThat(published).containsExactly(new PaymentRefunded(ORDER, TOTAL, "ref_1", NOW));
    }

    @Test
    void anOrderThatWasNeverChargedIsNotRefunded() {
        handlers.refund(CANCELLED).apply();

        verify(provider, never()).refund(any());
        assertThat(published).isEmpty();
    }

    @Test
    void aDeclinedPaymentIsNotRefunded() {
        payments.save(Payment.declined(ORDER, "demo", TOTAL, "pay_1", "card declined", NOW));

        handlers.refund(CANCELLED).apply();

        verify(provider, never()).refund(any());
        assertThat(payments.get(ORDER).state()).isEqualTo(PaymentState.DECLINED);
        assertThat(published).isEmpty();
    }

    private static AfterCall within(Instant deadline, Supplier<AfterCall> handling) {
        var context = new EventContext(null, null, null, null, EventPriority.NORMAL, deadline, null, null);
        try (var _ = context.open()) {
            return handling.get();
        }
    }

    private static final class StoredPayments implements PaymentRepository {

        private final Map<UUID, Payment> byOrder = new HashMap<>();

        @Override
        public Payment save(Payment payment) {
            byOrder.put(payment.orderId(), payment);
            return payment;
        }

        @Override
        public Optional<Payment> findById(UUID orderId) {
            return Optional.ofNullable(byOrder.get(orderId));
        }

        Payment get(UUID orderId) {
            return findById(orderId).orElseThrow();
        }
    }
}
