package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.settings.EventingProperties;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

class AsyncApiAutoConfigurationTests {

    private static final String SAMPLES = "eventing.asyncapi.packages=dev.orderflow.eventing.asyncapi.sample";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncApiAutoConfiguration.class))
            .withUserConfiguration(Settings.class)
            .withBean(HandlerRegistry.class, AsyncApiAutoConfigurationTests::noHandlers)
            .withPropertyValues("spring.application.name=parcels");

    @Test
    void theEventsOfOwnedTopicsArePublished() {
        runner.withPropertyValues(SAMPLES)
                .run(document(it -> assertThat(it.get("operations").propertyNames())
                        .containsExactly("parcels.send.complaints", "parcels.send.parcel-events")));
    }

    @Test
    void eventsOfAnothersTopicAreNot() {
        runner.withPropertyValues(SAMPLES, "eventing.source=desk")
                .run(document(it ->
                        assertThat(it.get("operations").propertyNames()).containsExactly("desk.send.complaints")));
    }

    @Test
    void withoutPackagesThoseOfTheApplicationAreSearched() {
        runner.withUserConfiguration(Parcels.class)
                .run(document(
                        it -> assertThat(it.get("operations").propertyNames()).contains("parcels.send.parcel-events")));
        runner.run(document(it -> assertThat(it.get("operations")).isEmpty()));
    }

    @Test
    void packagesWithoutEventsFailTheStart() {
        runner.withPropertyValues("eventing.asyncapi.packages=com.example.nothing")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("eventing.asyncapi.packages"));
    }

    @Test
    void anApplicationsOwnDocumentTakesItsPlace() {
        runner.withPropertyValues(SAMPLES)
                .withBean("own", AsyncApi.class, AsyncApiAutoConfigurationTests::unused)
                .run(context -> assertThat(context)
                        .hasSingleBean(AsyncApi.class)
                        .hasBean("own")
                        .doesNotHaveBean("asyncApi"));
    }

    @Test
    void onlyTheManagementContextOfAWebApplicationServesIt() {
        new WebApplicationContextRunner()
                .withUserConfiguration(AsyncApiEndpoint.class)
                .withBean(AsyncApi.class, AsyncApiAutoConfigurationTests::unused)
                .run(context -> assertThat(context).hasSingleBean(AsyncApiController.class));
        new ApplicationContextRunner()
                .withUserConfiguration(AsyncApiEndpoint.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AsyncApiController.class));
        runner.run(context -> assertThat(context).doesNotHaveBean(AsyncApiController.class));
    }

    private static ContextConsumer<AssertableApplicationContext> document(Consumer<JsonNode> check) {
        return context ->
                check.accept(AsyncApi.parse(context.getBean(AsyncApi.class).json()));
    }

    private static HandlerRegistry noHandlers() {
        var handlers = mock(HandlerRegistry.class);
        when(handlers.types()).thenReturn(Set.of());
        return handlers;
    }

    private static AsyncApi unused() {
        return new AsyncApi(() -> {
            throw new IllegalStateException();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EventingProperties.class)
    static class Settings {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Parcels {}
}
