package dev.orderflow.bench.growth;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** Application that consumes order events once the benchmark starts its consumers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ConsumingApplication {

    @Bean
    LifecycleProcessor lifecycleProcessor() {
        return new DefaultLifecycleProcessor() {
            @Override
            public void onRefresh() {
                // Consumers start on request only.
            }
        };
    }

    @Bean
    PlacedEventHandlers placedEventHandlers() {
        return new PlacedEventHandlers();
    }
}
