package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.schema.EventingDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Auto-configuration of the inbox for {@code @KafkaListener}. Independent of {@code eventing.group}, as each listener has its own
 * group.
 */
@AutoConfiguration(afterName = "dev.orderflow.eventing.schema.EventingSchemaAutoConfiguration")
@ConditionalOnBean(EventingDatabase.class)
class ListenerAutoConfiguration {

    /** Static, because the annotations of beans are read while the context is still being built. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static IdempotentAnnotations eventingIdempotentAnnotations(ConfigurableListableBeanFactory beans) {
        return new IdempotentAnnotations(beans);
    }

    @Bean(IdempotentListeners.BEAN_NAME)
    @ConditionalOnMissingBean(name = IdempotentListeners.BEAN_NAME)
    IdempotentListeners idempotentListeners(
            EventingDatabase database,
            ObjectProvider<ConsumerFactory<?, ?>> consumers,
            ObjectProvider<MeterRegistry> meters) {
        return new IdempotentListeners(
                database.client(), database.transaction(), consumers, meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    /** Missing if the application replaces one of the two. */
    @Bean
    @ConditionalOnBean({IdempotentAnnotations.class, IdempotentListeners.class})
    @ConditionalOnMissingBean
    IdempotentCheck eventingIdempotentCheck(IdempotentAnnotations annotations, IdempotentListeners listeners) {
        return new IdempotentCheck(annotations, listeners);
    }
}
