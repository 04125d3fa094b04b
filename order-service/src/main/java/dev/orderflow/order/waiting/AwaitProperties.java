package dev.orderflow.order.waiting;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of requests that wait for an order.
 *
 * @param pollInterval interval at which changes made by other instances are noticed
 * @param places       requests that may wait at the same time; each needs about 60 KB and has no body
 * @param perClient    maximum number of them from one address
 * @param watch        longest time that an order is watched over gRPC; clients may watch it again
 */
@Validated
@ConfigurationProperties("orders.await")
record AwaitProperties(
        @DefaultValue("500ms") @NotNull @DurationMin(millis = 50) @DurationMax(seconds = 10)
        Duration pollInterval,

        @DefaultValue("512") @Min(1) int places,
        @DefaultValue("256") @Min(1) int perClient,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 60)
        Duration watch) {}
