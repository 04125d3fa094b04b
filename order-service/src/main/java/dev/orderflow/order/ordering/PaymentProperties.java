package dev.orderflow.order.ordering;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Time that orders have to be paid.
 *
 * @param timeout  time after which an order that is not paid is cancelled
 * @param reminder time after which its customer is reminded; nobody is if that is not before the time-out
 */
@Validated
@ConfigurationProperties("orders.payment")
record PaymentProperties(
        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 365)
        Duration timeout,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1)
        Duration reminder) {

    /** Part of the time-out by which charging ends after it. */
    private static final int MARGIN = 10;

    /**
     * Returns the time from the placement of an order to the deadline of its charge: longer than the time-out, so that clocks of
     * order-service, its database and payment-service may differ, and the reminder may be late.
     */
    Duration timeToCharge() {
        return timeout.plus(timeout.dividedBy(MARGIN));
    }

    boolean hasReminder() {
        return reminder.compareTo(timeout) < 0;
    }

    /** Returns the time from the reminder to the time-out; the whole time if reminders were turned off meanwhile. */
    Duration afterReminder() {
        return hasReminder() ? timeout.minus(reminder) : timeout;
    }
}
