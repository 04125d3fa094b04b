package dev.orderflow.edge.openapi;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** Serves the OpenAPI document of a service that has one on its class path. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnResource(resources = OpenApiAutoConfiguration.DOCUMENT)
@EnableConfigurationProperties(OpenApiProperties.class)
class OpenApiAutoConfiguration {

    static final String DOCUMENT = "classpath:openapi/${spring.application.name}.json";

    /** Exists also when nothing is served: Spring's AOT processing would decide a condition when the service is built. */
    @Bean
    OpenApiController openApiController(OpenApiProperties properties, @Value(DOCUMENT) Resource document) {
        var page = new ClassPathResource("swagger-ui.html", OpenApiController.class);
        return new OpenApiController(properties.enabled(), document, page);
    }
}
