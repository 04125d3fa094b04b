package dev.orderflow.loyalty;

import dev.orderflow.eventing.test.ConfigurationMetadata;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void eachPropertyHasADescriptionAndItsDefault() {
        ConfigurationMetadata.assertComplete(LoyaltyServiceApplication.class, "dev.orderflow.loyalty");
    }
}
