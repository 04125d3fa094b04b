package dev.orderflow.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

class CarrierPropertiesTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration
    @EnableConfigurationProperties(CarrierProperties.class)
    static class Properties {}

    @Test
    void aKeyIsOptional() {
        service.run(context ->
                assertThat(context.getBean(CarrierProperties.class).apiKey()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-key ä", "secret-key\n", "secret key"})
    void aKeyThatIsNoTokenFailsTheStartAndIsNotShown(String key) {
        service.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("test", Map.of("shipping.carrier.api-key", key))))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                BindValidationException.class,
                                failure -> assertThat(
                                                failure.getValidationErrors().getAllErrors())
                                        .singleElement()
                                        .satisfies(error -> assertThat(error.toString())
                                                .contains("shipping.carrier.api-key")
                                                .doesNotContain("secret"))));
    }
}
