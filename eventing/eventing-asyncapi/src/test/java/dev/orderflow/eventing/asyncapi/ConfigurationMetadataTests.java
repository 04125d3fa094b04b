package dev.orderflow.eventing.asyncapi;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(AsyncApiProperties.class, "dev.orderflow.eventing.asyncapi");
    }
}
