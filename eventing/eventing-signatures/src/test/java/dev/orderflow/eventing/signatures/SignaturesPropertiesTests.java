package dev.orderflow.eventing.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

class SignaturesPropertiesTests {

    /** The README quotes this file. */
    @Test
    void theQuotedFileIsWhatTheReadmeSays() throws IOException {
        var file = new YamlPropertySourceLoader().load("signatures", new ClassPathResource("signatures.yml"));

        var properties = new Binder(ConfigurationPropertySources.from(file))
                .bind("eventing.signatures", SignaturesProperties.class)
                .get();

        assertThat(properties.key()).isEqualTo(Path.of("/etc/keys/billing.pem"));
        assertThat(properties.trusted()).isEqualTo(Map.of("shipping", List.of(Path.of("/etc/trusted/shipping"))));
        assertThat(properties.of("shipping-events")).isEqualTo(SignaturesProperties.Mode.REQUIRE);
        assertThat(properties.of("other-events")).isEqualTo(SignaturesProperties.Mode.ACCEPT_UNSIGNED);
    }
}
