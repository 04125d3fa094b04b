package dev.orderflow.order.web;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the time before a stop in which clients are disconnected.
 *
 * @param time length of that time; useful only if another instance can serve the clients, and shorter than {@code
 *             spring.lifecycle.timeout-per-shutdown-phase}
 */
@Validated
@ConfigurationProperties("orders.web.drain")
record DrainProperties(
        @DefaultValue("0s") @NotNull @DurationMin @DurationMax(seconds = 15)
        Duration time) {}
