package dev.orderflow.eventing.loop;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the health of the starter's threads.
 *
 * @param longestStep without progress for this long, a thread counts as stuck. It must be beyond what the slowest batch of
 *                    handlers takes, since the restart that follows begins that anew
 */
@Validated
@ConfigurationProperties("eventing.health")
record HealthProperties(@DefaultValue("15m") Duration longestStep) {

    @AssertTrue(message = "longest-step must be at least 1m")
    boolean isConsistent() {
        return longestStep.compareTo(Duration.ofMinutes(1)) >= 0;
    }
}
