package dev.orderflow.hub.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of live streams.
 *
 * @param clients       clients of this instance
 * @param tenantClients clients of one tenant
 * @param queuedEvents  events that wait for a client; those beyond are missed
 * @param queuedBytes   bytes of events that wait for a client
 * @param heartbeat     longest silence of a stream
 * @param poll          longest time until an event that another instance has stored is sent
 * @param longest       time after which a stream ends, so that its client comes again with a valid token
 */
@Validated
@ConfigurationProperties("hub.live")
record LiveProperties(
        @DefaultValue("200") @Min(1) @Max(10_000) int clients,
        @DefaultValue("100") @Min(1) @Max(10_000) int tenantClients,
        @DefaultValue("1000") @Min(1) @Max(100_000) int queuedEvents,
        @DefaultValue("1MB") @NotNull DataSize queuedBytes,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration heartbeat,

        @DefaultValue("250ms") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration poll,

        @DefaultValue("15m") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration longest) {}
