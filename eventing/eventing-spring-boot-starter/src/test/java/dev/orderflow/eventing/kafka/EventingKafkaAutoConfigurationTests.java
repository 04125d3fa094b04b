package dev.orderflow.eventing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EventingKafkaAutoConfigurationTests extends WiringTests {

    EventingKafkaAutoConfigurationTests() {
        super(EventingKafkaAutoConfiguration.class);
    }

    @Test
    void clientsAreMadeFromWhatTheApplicationConfigures() {
        publisher()
                .run(context ->
                        assertThat(context).hasSingleBean(KafkaClients.class).hasSingleBean(TopicCreator.class));
    }

    /** A failed start is better than committed events that are never sent. */
    @Test
    void withoutKafkaTheStartFails() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EventingKafkaAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoSuchBeanDefinitionException.class)
                        .hasMessageContaining("ProducerFactory"));
    }
}
