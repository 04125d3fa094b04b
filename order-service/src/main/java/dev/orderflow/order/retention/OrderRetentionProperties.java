package dev.orderflow.order.retention;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of old orders.
 *
 * @param retention how long a paid or cancelled order is kept after it was placed; ten years unless set
 */
@Validated
@ConfigurationProperties("orders")
record OrderRetentionProperties(
        @DefaultValue("3653d") @NotNull @DurationMin(days = 30)
        Duration retention) {}
