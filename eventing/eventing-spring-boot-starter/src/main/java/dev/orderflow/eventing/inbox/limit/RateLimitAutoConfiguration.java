package dev.orderflow.eventing.inbox.limit;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/** Auto-configuration of rate limits, which are off unless they are configured. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.inbox.handler.HandlerAutoConfiguration")
@EnableConfigurationProperties(RateLimitProperties.class)
class RateLimitAutoConfiguration {

    private static final String LIMITER = "io.github.resilience4j.ratelimiter.RateLimiter";

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    TenantLimits tenantLimits(
            RateLimitProperties properties,
            ObjectProvider<HandlerRegistry> handlers,
            ObjectProvider<MeterRegistry> meters,
            ResourceLoader resources) {
        if (properties.isOff()) {
            return TenantLimits.NONE;
        }
        if (!ClassUtils.isPresent(LIMITER, resources.getClassLoader())) {
            throw new InvalidConfigurationPropertyValueException(
                    "eventing.rate-limit.events",
                    properties.events(),
                    "Rate limits need Resilience4j: add io.github.resilience4j:resilience4j-spring-boot4.");
        }
        return new TenantLimits(
                properties, handlers::getObject, meters.getIfAvailable(SimpleMeterRegistry::new), System::nanoTime);
    }
}
