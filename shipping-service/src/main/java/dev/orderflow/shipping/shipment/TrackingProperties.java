package dev.orderflow.shipping.shipment;

import dev.orderflow.shipping.carrier.Carrier;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Pace at which the carrier is asked about parcels that are on their way.
 *
 * @param period    pause between two runs of an instance, of which one at a time tracks; varied by a fifth
 * @param interval  time between two requests about the same shipment; varied by a fifth
 * @param batchSize shipments per request to the carrier
 * @param lease     time after which another instance takes over from one that has stopped; at least the carrier's
 *                  timeouts together
 */
@Validated
@ConfigurationProperties("shipping.tracking")
record TrackingProperties(
        @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1) @DefaultValue("1s")
        Duration period,

        @NotNull @DurationMin(millis = 10) @DurationMax(days = 1) @DefaultValue("60s")
        Duration interval,

        @Min(1) @Max(Carrier.MOST_TRACKED) @DefaultValue("200")
        int batchSize,

        @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1) @DefaultValue("30s")
        Duration lease) {}
