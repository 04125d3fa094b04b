package dev.orderflow.eventing.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.schema.EventingTables;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;

class ListenerAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ListenerAutoConfiguration.class));

    @Test
    void needsADatabase() {
        runner.run(context -> assertThat(context).doesNotHaveBean(IdempotentListeners.class));
    }

    @Test
    void needsNoConsumerGroupOfTheApplication() {
        runner.withConfiguration(EventingTables.autoConfiguration())
                .withUserConfiguration(WithDatabase.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(IdempotentListeners.class)
                        .hasSingleBean(IdempotentAnnotations.class));
    }

    @Test
    void backsOff() {
        runner.withConfiguration(EventingTables.autoConfiguration())
                .withUserConfiguration(WithDatabase.class, WithListeners.class)
                .run(context -> assertThat(context).doesNotHaveBean(IdempotentListeners.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class WithDatabase {

        @Bean
        DataSource dataSource() {
            return new PGSimpleDataSource();
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithListeners {

        @Bean(IdempotentListeners.BEAN_NAME)
        ContainerPostProcessor<Object, Object, AbstractMessageListenerContainer<Object, Object>> own() {
            return container -> {};
        }
    }
}
