package dev.orderflow.bench.growth;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** Consumes order events, but only when the benchmark says so. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ConsumingApplication {

    @Bean
    LifecycleProcessor lifecycleProcessor() {
        return new DefaultLifecycleProcessor() {
            @Override
            public void onRefresh() {
                // Nothing starts by itself.
            }
        };
    }

    @Bean
    PlacedEventHandlers placedEventHandlers() {
        return new PlacedEventHandlers();
    }
}
