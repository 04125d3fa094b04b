package dev.orderflow.shipping.shipment;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of old shipments.
 *
 * @param retention how long a delivered, stopped or lost shipment is kept; ten years unless set, as orders are
 */
@Validated
@ConfigurationProperties("shipping")
record ShipmentRetentionProperties(
        @DefaultValue("3653d") @NotNull @DurationMin(days = 30)
        Duration retention) {}
