package dev.orderflow.hub.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the consumption of topics.
 *
 * @param group        consumer group of all instances
 * @param topics       pattern of the names of the topics that are consumed: those of the suite's events, and the retry and dead-letter
 *                     topics of all consumers
 * @param maxBatch     most records that one transaction stores; fewer if they have more than four megabytes
 * @param largestData  largest payload that is stored; an event with a larger one is stored without it
 * @param restartDelay pause before consumption starts again after a failure, from the committed offsets
 */
@Validated
@ConfigurationProperties("hub.store")
record StoreProperties(
        @DefaultValue("event-hub") @NotBlank String group,

        @DefaultValue(
                "(order|inventory|payment|shipping|stock-level|notification|customer|loyalty)-events|order-timers|promotion-rules|.+\\.retry-[1-9][0-9]?|.+\\.dlt")
        @NotNull
        Pattern topics,

        @DefaultValue("500") @Min(1) @Max(10_000) int maxBatch,
        @DefaultValue("1MB") @NotNull DataSize largestData,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration restartDelay) {}
