package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(SchemasProperties.class, "dev.orderflow.eventing.schemas");
    }
}
