package dev.orderflow.hub.query;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of queries.
 *
 * @param timeout     longest time of a statement; a query that takes longer is refused
 * @param largestPage bytes of payloads after which a page ends
 */
@Validated
@ConfigurationProperties("hub.query")
public record QueryProperties(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 10) @DurationMax(seconds = 50)
        Duration timeout,

        @DefaultValue("2MB") @NotNull DataSize largestPage) {}
