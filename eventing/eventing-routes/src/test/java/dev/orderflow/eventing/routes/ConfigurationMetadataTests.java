package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(RoutesProperties.class, "dev.orderflow.eventing.routes");
    }
}
