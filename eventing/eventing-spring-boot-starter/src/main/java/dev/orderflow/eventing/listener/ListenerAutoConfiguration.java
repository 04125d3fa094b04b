package dev.orderflow.eventing.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox for Spring Kafka's own listeners. It needs no {@code eventing.group}: each listener has its own. */
@AutoConfiguration(
        after = {DataSourceTransactionManagerAutoConfiguration.class, JdbcClientAutoConfiguration.class},
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnBean({JdbcClient.class, PlatformTransactionManager.class})
public class ListenerAutoConfiguration {

    /** Static: the annotations of beans are read while the context is still being built. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static IdempotentAnnotations eventingIdempotentAnnotations() {
        return new IdempotentAnnotations();
    }

    @Bean(IdempotentListeners.BEAN_NAME)
    @ConditionalOnMissingBean(name = IdempotentListeners.BEAN_NAME)
    IdempotentListeners idempotentListeners(
            JdbcClient jdbc, PlatformTransactionManager transactions, ObjectProvider<MeterRegistry> meters) {
        return new IdempotentListeners(
                jdbc, new TransactionTemplate(transactions), meters.getIfAvailable(SimpleMeterRegistry::new));
    }
}
