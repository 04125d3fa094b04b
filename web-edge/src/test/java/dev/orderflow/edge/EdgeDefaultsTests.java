package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EdgeDefaultsTests {

    private static final String LOG_FORMAT = "logging.structured.format.console";

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void logsAreJson() {
        process();

        assertThat(environment.getProperty(LOG_FORMAT)).isEqualTo("ecs");
    }

    @Test
    void logsOfTheDemoAreText() {
        environment.setActiveProfiles("demo");
        process();

        assertThat(environment.getProperty(LOG_FORMAT)).isNull();
    }

    @Test
    void aServiceMayOverrideThem() {
        environment.getPropertySources().addFirst(new MapPropertySource("service", Map.of(LOG_FORMAT, "")));
        process();

        assertThat(environment.getProperty(LOG_FORMAT)).isEmpty();
    }

    private void process() {
        new EdgeDefaults().postProcessEnvironment(environment, new SpringApplication());
    }
}
