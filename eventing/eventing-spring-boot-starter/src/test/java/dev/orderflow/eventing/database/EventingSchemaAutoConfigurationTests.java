package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EventingSchemaAutoConfigurationTests extends WiringTests {

    EventingSchemaAutoConfigurationTests() {
        super(EventingSchemaAutoConfiguration.class);
    }

    @Test
    void anyApplicationHasTheTablesAndConnectionsForRelayAndOperators() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(EventingSchema.class)
                        .hasSingleBean(RelayDatabase.class)
                        .hasSingleBean(AdminDatabase.class));
    }

    /** A failed start is better than an application that publishes nothing. */
    @Test
    void withoutADataSourceTheStartFails() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EventingSchemaAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoSuchBeanDefinitionException.class)
                        .hasMessageContaining("DataSource"));
    }
}
