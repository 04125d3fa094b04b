package dev.orderflow.hub;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(EventHubApplication.class, "dev.orderflow.hub");
    }
}
