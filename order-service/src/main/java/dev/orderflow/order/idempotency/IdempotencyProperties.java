package dev.orderflow.order.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of idempotency keys.
 *
 * @param retention how long a key is remembered at least; a request repeated later counts as a new one
 */
@Validated
@ConfigurationProperties("orders.idempotency")
record IdempotencyProperties(
        @DefaultValue("7d") @NotNull @DurationMin(hours = 1) Duration retention) {}
