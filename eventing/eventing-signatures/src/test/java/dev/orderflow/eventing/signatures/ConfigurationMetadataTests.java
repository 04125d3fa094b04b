package dev.orderflow.eventing.signatures;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(SignaturesProperties.class, "dev.orderflow.eventing.signatures");
    }
}
