package dev.orderflow.edge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures the protection of a service's HTTP interface. */
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(EdgeProperties.class)
class EdgeAutoConfiguration {

    /** Pages, such as the API documentation, use no database connection, so more of them may run than requests. */
    private static final int CONCURRENT_PAGES = 16;

    private static final int WAITING_PAGES = 64;
    private static final Duration PATIENCE_FOR_PAGES = Duration.ofSeconds(2);

    /** Runs before all filters except those that only measure or set headers. */
    @Bean
    FilterRegistrationBean<RequestIntake> requestIntake(
            EdgeProperties properties, ObjectProvider<MeterRegistry> meters) {
        var bodies = new BodyReader(properties.maxBodySize().toBytes(), properties.bodyTime(), System::nanoTime);
        var registration = new FilterRegistrationBean<>(new RequestIntake(bodies, refused(meters, "memory")));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        // No asynchronous responses: a response must be complete when the filter chain returns. Starting one throws an
        // exception.
        registration.setAsyncSupported(false);
        return registration;
    }

    @Bean(TakesTurn.REQUESTS)
    @ConditionalOnMissingBean(name = TakesTurn.REQUESTS)
    Turns requestTurns(EdgeProperties properties, ObjectProvider<MeterRegistry> meters) {
        var requests = properties.requests();
        return new Turns(requests.concurrent(), requests.waiting(), requests.patience(), refused(meters, "requests"));
    }

    @Bean
    WebMvcConfigurer edgeMvcConfigurer(Map<String, Turns> named, ObjectProvider<MeterRegistry> meters) {
        var pages = new Turns(CONCURRENT_PAGES, WAITING_PAGES, PATIENCE_FOR_PAGES, refused(meters, "pages"));
        return new EdgeMvcConfigurer(new TurnInterceptor(named, pages));
    }

    @Bean
    ConnectionMetrics connectionMetrics() {
        return new ConnectionMetrics();
    }

    /** Runs after Spring Boot's customizers, whose error pages it removes. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> edgeTomcat(
            EdgeProperties properties, ConnectionMetrics metrics) {
        return factory -> {
            EdgeTomcat.answerProblems(factory);
            EdgeTomcat.guardConnections(factory, properties.connectionLimits(), metrics);
        };
    }

    private static Runnable refused(ObjectProvider<MeterRegistry> meters, String limit) {
        var registry = meters.getIfAvailable();
        return registry == null ? () -> {} : registry.counter("edge.requests.refused", "limit", limit)::increment;
    }
}
