package dev.orderflow.edge.security;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Adds the scopes of operations to the OpenAPI document of a service that renders one. */
@AutoConfiguration(after = SecurityAutoConfiguration.class)
@ConditionalOnClass(OpenApiCustomizer.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class AccessDescriptionAutoConfiguration {

    /** Runs before the service's own customizers, which describe the content of failures. */
    @Bean
    @Order(0)
    @ConditionalOnMissingBean(name = "accessDescription")
    OpenApiCustomizer accessDescription(AccessRules rules) {
        return api -> AccessDescription.describe(api, rules);
    }
}
