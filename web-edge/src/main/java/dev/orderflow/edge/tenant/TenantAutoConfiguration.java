package dev.orderflow.edge.tenant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Configures the limits of tenants; without access tokens there is but one tenant, which has none. */
@AutoConfiguration
@EnableConfigurationProperties(TenantProperties.class)
class TenantAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TenantLimits edgeTenantLimits(
            TenantProperties properties,
            ObjectProvider<MeterRegistry> meters,
            @Value("${edge.security.enabled:true}") boolean secured) {
        return secured
                ? TenantLimits.of(properties, meters.getIfAvailable(SimpleMeterRegistry::new), System::nanoTime)
                : TenantLimits.none();
    }
}
