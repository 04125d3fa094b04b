package dev.orderflow.eventing.asyncapi;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Configures the application's AsyncAPI document. {@link AsyncApiEndpoint} serves it. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.retry.RetryAutoConfiguration")
@EnableConfigurationProperties(AsyncApiProperties.class)
class AsyncApiAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AsyncApi asyncApi(
            AsyncApiProperties properties,
            EventingProperties eventing,
            Environment environment,
            ObjectProvider<HandlerRegistry> handlers,
            ObjectProvider<RetryTopics> retries) {
        var service = eventing.sourceOr(environment.getProperty("spring.application.name", "application"));
        var published = properties.publishedBy(service);
        return new AsyncApi(() -> new ServiceContract(
                service,
                environment.getProperty("spring.application.version", "0"),
                published,
                consumed(handlers.getObject()),
                retries.getIfAvailable(),
                eventing.schemas().baseUri() != null));
    }

    /** A handler may receive events of types other than its parameter's: older versions that are converted before. */
    private static List<EventDescriptor> consumed(HandlerRegistry handlers) {
        return handlers.types().stream()
                .sorted()
                .map(type ->
                        as(type, Objects.requireNonNull(handlers.find(type)).event()))
                .toList();
    }

    private static EventDescriptor as(String type, EventDescriptor event) {
        return new EventDescriptor(event.eventClass(), type, event.intent(), event.topic(), event.owner());
    }
}
