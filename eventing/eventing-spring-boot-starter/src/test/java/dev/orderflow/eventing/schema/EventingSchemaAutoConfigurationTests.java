package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class EventingSchemaAutoConfigurationTests extends WiringTests {

    EventingSchemaAutoConfigurationTests() {
        super(EventingSchemaAutoConfiguration.class);
    }

    @Test
    void anyApplicationHasADatabaseAndCreatesItsTables() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(EventingDatabase.class)
                        .hasSingleBean(TableCreation.class));
    }
}
