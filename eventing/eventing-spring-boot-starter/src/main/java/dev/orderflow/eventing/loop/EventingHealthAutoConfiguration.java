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
 * Health of the starter's threads. It is part of liveness, because only a new process repairs a broken thread. It is not part of
 * readiness: the instance serves requests without these threads, and taking requests away would not repair them.
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

    /** Runs after the post-processor of Spring Boot, which creates the liveness group. */
    @Bean
    @ConditionalOnMissingBean(name = "eventingLiveness")
    HealthEndpointGroupsPostProcessor eventingLiveness() {
        return groups -> new GroupsWithMember(groups, "liveness", NAME);
    }
}
