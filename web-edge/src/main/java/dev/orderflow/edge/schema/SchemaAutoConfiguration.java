package dev.orderflow.edge.schema;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Serves the schemas that are on the class path on a service's public port. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class SchemaAutoConfiguration {

    @Bean
    SchemaController schemaController() {
        return new SchemaController(EventSchemas.onClassPath());
    }
}
