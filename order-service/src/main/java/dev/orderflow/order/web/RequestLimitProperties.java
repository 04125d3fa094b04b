package dev.orderflow.order.web;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of the orders that are placed at the same time.
 *
 * @param concurrent requests that are carried out at the same time. A request holds its body and its objects in memory,
 *                   but no database connection of its own: requests that arrive together share a transaction
 * @param waiting    requests that may wait for their turn; further requests are refused at once
 * @param patience   longest wait of a request before it is refused
 */
@Validated
@ConfigurationProperties("orders.web.requests")
record RequestLimitProperties(
        @DefaultValue("32") @Min(1) int concurrent,
        @DefaultValue("256") @Min(0) int waiting,
        @DefaultValue("2s") @NotNull @DurationMin Duration patience) {}
