package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.outbox.JsonPublisher;
import dev.orderflow.eventing.routes.RouteCounts.Outcome;
import dev.orderflow.eventing.settings.EventingProperties;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Auto-configuration of the routes that {@code eventing.routes} declares. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.inbox.handler.HandlerAutoConfiguration")
@EnableConfigurationProperties(RoutesProperties.class)
class RoutesAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Routes eventRoutes(RoutesProperties properties) {
        var shapes = new DataShapes();
        return new Routes(properties.routes().stream()
                .map(definition -> Route.of(definition, shapes))
                .toList());
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    RouteStep routeStep(Routes routes, ObjectProvider<HandlerRegistry> handlers, JsonPublisher publisher) {
        return new RouteStep(routes, SingletonSupplier.of(handlers::getObject), publisher);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    RoutesCheck routesCheck(
            Routes routes,
            ObjectProvider<HandlerRegistry> handlers,
            TopicCreator topics,
            RoutesProperties properties,
            EventingProperties eventing,
            @Value("${spring.application.name:application}") String applicationName) {
        return new RoutesCheck(
                routes, handlers::getObject, topics, properties.newTopics(), eventing.sourceOr(applicationName));
    }

    /** Counters of each route, by what became of its events. */
    @Bean
    @ConditionalOnMissingBean(name = "routeMetrics")
    MeterBinder routeMetrics(Routes routes) {
        return meters -> routes.all().forEach(route -> {
            for (var outcome : Outcome.values()) {
                FunctionCounter.builder("eventing.routes.events", route.counts(), counts -> counts.of(outcome))
                        .description("Events of a route, by what became of them")
                        .tag("route", route.name())
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
        });
    }
}
