package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.loop.Looping.OverdueWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Health of the starter's threads, which is part of liveness: a new process is what repairs them. It is not part of readiness:
 * requests are served without them, and an instance that is asked for nothing would not get well by that.
 */
@AutoConfiguration(after = AvailabilityProbesAutoConfiguration.class)
@ConditionalOnEnabledHealthIndicator(EventingHealthAutoConfiguration.NAME)
@EnableConfigurationProperties(HealthProperties.class)
class EventingHealthAutoConfiguration {

    static final String NAME = "eventing";

    @Bean
    @ConditionalOnMissingBean(name = "eventingHealthContributor")
    LoopsHealth eventingHealthContributor(
            ObjectProvider<Looping> loops, ObjectProvider<OverdueWork> overdue, HealthProperties properties) {
        return new LoopsHealth(loops, overdue, properties.longestStep());
    }

    /** After that of Spring Boot, which makes the group. */
    @Bean
    @ConditionalOnMissingBean(name = "eventingLiveness")
    HealthEndpointGroupsPostProcessor eventingLiveness() {
        return groups -> new GroupsWithMember(groups, "liveness", NAME);
    }
}
