package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.RestController;

/** Checks which controllers the management port serves. They are defined, but not created. */
class AdminApiTests {

    @Test
    void thereAreNoControllersUnlessEnabled() {
        management()
                .withPropertyValues("eventing.group=test")
                .run(context -> assertThat(controllers(context)).isEmpty());
    }

    @Test
    void anApplicationThatOnlyPublishesHasTheOutboxsControllers() {
        management()
                .withPropertyValues("eventing.admin.enabled=true")
                .run(context -> assertThat(controllers(context))
                        .containsExactlyInAnyOrder(
                                "AuditController", "OutboxController", "ParkingController", "TenantController"));
    }

    @Test
    void anApplicationThatConsumesHasAllControllers() {
        management()
                .withPropertyValues("eventing.admin.enabled=true", "eventing.group=test")
                .run(context -> assertThat(controllers(context))
                        .containsExactlyInAnyOrder(
                                "AuditController",
                                "OutboxController",
                                "ParkingController",
                                "DeadLetterController",
                                "ReplayController",
                                "HoldController",
                                "CircuitController",
                                "TenantController",
                                "RouteController"));
    }

    @Test
    void withoutAWebServerThereAreNoControllers() {
        new ApplicationContextRunner()
                .withInitializer(AdminApiTests::defineOnly)
                .withUserConfiguration(configurations())
                .withPropertyValues("eventing.admin.enabled=true", "eventing.group=test")
                .run(context -> assertThat(controllers(context)).isEmpty());
    }

    private static WebApplicationContextRunner management() {
        return new WebApplicationContextRunner()
                .withInitializer(AdminApiTests::defineOnly)
                .withUserConfiguration(configurations());
    }

    private static void defineOnly(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> Arrays.stream(beans.getBeanDefinitionNames())
                .forEach(name -> beans.getBeanDefinition(name).setLazyInit(true)));
    }

    private static List<String> controllers(ApplicationContext context) {
        return Arrays.stream(context.getBeanNamesForAnnotation(RestController.class))
                .map(context::getType)
                .map(type -> Objects.requireNonNull(type).getSimpleName())
                .toList();
    }

    /** Returns the configurations of this module that Spring Boot loads into the context of the management port. */
    private static Class<?>[] configurations() {
        var candidates =
                ImportCandidates.load(ManagementContextConfiguration.class, AdminApiTests.class.getClassLoader());
        return StreamSupport.stream(candidates.spliterator(), false)
                .filter(name -> name.startsWith("dev.orderflow.eventing.admin."))
                .map(AdminApiTests::load)
                .toArray(Class<?>[]::new);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
