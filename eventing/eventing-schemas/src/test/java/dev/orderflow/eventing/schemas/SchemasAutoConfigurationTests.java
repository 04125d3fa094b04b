package dev.orderflow.eventing.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.wire.EventContracts;
import dev.orderflow.eventing.wire.EventJson;
import org.junit.jupiter.api.Test;

class SchemasAutoConfigurationTests extends WiringTests {

    SchemasAutoConfigurationTests() {
        super(SchemasAutoConfiguration.class);
    }

    @Test
    void eventsAreCheckedAlsoInAnApplicationThatOnlyPublishes() {
        publisher().run(context -> {
            assertThat(context).hasSingleBean(SchemaContracts.class);
            assertThat(context.getBean(EventJson.class).contracts()).isSameAs(context.getBean(SchemaContracts.class));
        });
    }

    @Test
    void theApplicationsOwnContractsReplaceThem() {
        publisher()
                .withBean(EventContracts.class, () -> new EventContracts() {})
                .run(context -> assertThat(context).hasSingleBean(EventContracts.class));
    }

    @Test
    void healthCanBeSwitchedOff() {
        publisher()
                .withPropertyValues("management.health.eventSchemas.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(CircuitsHealth.class));
    }
}
