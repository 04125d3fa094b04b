package dev.orderflow.eventing.loop;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the health of the starter's threads.
 *
 * @param longestStep time without progress after which a thread counts as stuck. Must exceed the time of the slowest batch of
 *                    handlers, since the restart that follows repeats the batch
 */
@Validated
@ConfigurationProperties("eventing.health")
record HealthProperties(@DefaultValue("15m") Duration longestStep) {

    @AssertTrue(message = "longest-step must be at least 1m")
    boolean isConsistent() {
        return longestStep.compareTo(Duration.ofMinutes(1)) >= 0;
    }
}
