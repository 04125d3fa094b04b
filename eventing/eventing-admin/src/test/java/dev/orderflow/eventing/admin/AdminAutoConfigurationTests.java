package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.RestController;

class AdminAutoConfigurationTests {

    private final WebApplicationContextRunner web =
            new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdminAutoConfiguration.class));

    @Test
    void anApplicationWithoutAWebServerHasNone() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AdminAutoConfiguration.class))
                .withPropertyValues("eventing.admin.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AdminProblems.class));
    }

    @Test
    void theDependencyAloneEnablesNothing() {
        web.run(context -> {
            assertThat(context).hasSingleBean(AdminProblems.class);
            assertThat(context.getBeanNamesForAnnotation(RestController.class)).isEmpty();
        });
    }

    @Test
    void anApplicationsOwnProblemsTakeTheirPlace() {
        web.withBean("own", AdminProblems.class, () -> mock(AdminProblems.class))
                .run(context ->
                        assertThat(context).hasSingleBean(AdminProblems.class).doesNotHaveBean("adminProblems"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.server.port=8080", "management.server.port=-1", "any=thing"})
    void enabledWithoutASeparatePortTheStartFails(String port) {
        web.withPropertyValues("eventing.admin.enabled=true", port)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class));
    }

    @Test
    void enabledOnASeparatePortTheApplicationStarts() {
        web.withPropertyValues("eventing.admin.enabled=true", "management.server.port=9090")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
