package dev.orderflow.eventing.admin;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(AdminProperties.class, "dev.orderflow.eventing.admin");
    }
}
