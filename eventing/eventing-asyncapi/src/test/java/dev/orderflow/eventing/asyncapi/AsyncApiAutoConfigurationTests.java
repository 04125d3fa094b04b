package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.asyncapi.sample.ParcelEvent;
import dev.orderflow.eventing.inbox.handler.HandlerMethod;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static final String PARCELS =
            "eventing.asyncapi.publishes=dev.orderflow.eventing.asyncapi.sample.ParcelEvent";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncApiAutoConfiguration.class))
            .withUserConfiguration(Settings.class)
            .withBean(HandlerRegistry.class, AsyncApiAutoConfigurationTests::noHandlers)
            .withPropertyValues("spring.application.name=parcels");

    @Test
    void theEventsOfASealedInterfaceArePublished() {
        runner.withPropertyValues(PARCELS)
                .run(document(it -> assertThat(it.at("/operations/parcels.send.parcel-events/messages"))
                        .hasSize(2)));
    }

    @Test
    void anEventOfATopicWithoutAnOwnerMayBePublishedByAnyone() {
        runner.withPropertyValues(
                        "eventing.source=desk",
                        "eventing.asyncapi.publishes=dev.orderflow.eventing.asyncapi.sample.Complaint")
                .run(document(it ->
                        assertThat(it.get("operations").propertyNames()).containsExactly("desk.send.complaints")));
    }

    @ParameterizedTest
    @CsvSource({"eventing.schemas.base-uri=https://example.com/schemas/, true", "eventing.group=parcels, false"})
    void whereABaseUriIsSetEachEventNamesItsSchema(String setting, boolean named) {
        runner.withPropertyValues(setting)
                .run(document(it -> assertThat(it.at("/components/schemas/EventHeaders/required"))
                        .extracting(JsonNode::stringValue)
                        .matches(required -> required.contains("ce_dataschema") == named)));
    }

    @Test
    void withoutConfigurationNothingIsPublished() {
        runner.run(document(it -> assertThat(it.get("operations")).isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "parcels, java.lang.String, java.lang.String is no event",
        "parcels, dev.orderflow.eventing.DomainEvent, annotate it with @EventType",
        "desk, dev.orderflow.eventing.asyncapi.sample.ParcelEvent, parcel-events belongs to parcels"
    })
    void anEventThatItCannotPublishFailsTheStart(String source, String event, String reason) {
        runner.withPropertyValues("eventing.source=" + source, "eventing.asyncapi.publishes=" + event)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                failure -> assertThat(failure.getReason()).contains(reason)));
    }

    @Test
    void anUnknownClassFailsTheStart() {
        runner.withPropertyValues("eventing.asyncapi.publishes=com.example.Nothing")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("eventing.asyncapi.publishes")
                        .hasStackTraceContaining("com.example.Nothing"));
    }

    @Test
    void olderVersionsThatAHandlerReceivesAreConsumed() {
        var handlers = mock(HandlerRegistry.class);
        when(handlers.types()).thenReturn(Set.of("sample.parcel.lost.v0", "sample.parcel.lost.v1"));
        when(handlers.find(anyString()))
                .thenReturn(new HandlerRegistry.Entry(
                        EventDescriptor.of(ParcelEvent.Lost.class), mock(HandlerMethod.class)));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AsyncApiAutoConfiguration.class))
                .withUserConfiguration(Settings.class)
                .withBean(HandlerRegistry.class, () -> handlers)
                .withPropertyValues("spring.application.name=desk")
                .run(document(it -> assertThat(
                                it.at("/channels/parcel-events/messages").propertyNames())
                        .containsExactly("sample.parcel.lost.v0", "sample.parcel.lost.v1")));
    }

    @Test
    void anApplicationsOwnDocumentTakesItsPlace() {
        runner.withPropertyValues(PARCELS)
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
}
