package dev.orderflow.payment.ledger;

import dev.orderflow.events.EventTenant;
import dev.orderflow.events.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** An order's payment. An order has at most one, because it is reserved once. */
@Entity
class Payment {

    @Id
    private UUID orderId;

    @Column(updatable = false)
    private String tenant;

    private BigDecimal amount;

    @JdbcTypeCode(SqlTypes.CHAR)
    @Column(length = 3)
    private String currency;

    @Enumerated(EnumType.STRING)
    private PaymentState state;

    private @Nullable String providerReference;

    private @Nullable String declineReason;

    private Instant createdAt;

    private Instant updatedAt;

    /** Null until first stored, which marks a payment with an assigned id as new for Spring Data without a query. */
    @Version
    private @Nullable Long version;

    @NullUnmarked
    protected Payment() {}

    private Payment(UUID orderId, String tenant, Money amount, PaymentState state, String reference, Instant at) {
        this.orderId = orderId;
        this.tenant = tenant;
        this.amount = amount.amount();
        this.currency = amount.currency();
        this.state = state;
        this.providerReference = reference;
        this.createdAt = at;
        this.updatedAt = at;
    }

    static Payment captured(UUID orderId, String tenant, Money amount, String reference, Instant at) {
        return new Payment(orderId, tenant, amount, PaymentState.CAPTURED, reference, at);
    }

    static Payment declined(UUID orderId, String tenant, Money amount, String reference, String reason, Instant at) {
        var payment = new Payment(orderId, tenant, amount, PaymentState.DECLINED, reference, at);
        payment.declineReason = reason;
        return payment;
    }

    /** @throws IllegalStateException unless captured */
    void refund(Instant at) {
        if (!isCaptured()) {
            throw new IllegalStateException("payment of order " + orderId + " is " + state + ", not captured");
        }
        state = PaymentState.REFUNDED;
        updatedAt = at;
    }

    /** @throws dev.orderflow.events.OtherTenantException unless the event that is being handled is of this order's tenant */
    Payment checkTenant() {
        EventTenant.require(tenant);
        return this;
    }

    boolean isOf(String itsTenant) {
        return tenant.equals(itsTenant);
    }

    boolean isCaptured() {
        return state == PaymentState.CAPTURED;
    }

    UUID orderId() {
        return orderId;
    }

    Money amount() {
        return new Money(amount, currency);
    }

    PaymentState state() {
        return state;
    }

    /** Returns the provider's reference of the charge. */
    @Nullable
    String providerReference() {
        return providerReference;
    }

    @Nullable
    String declineReason() {
        return declineReason;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
