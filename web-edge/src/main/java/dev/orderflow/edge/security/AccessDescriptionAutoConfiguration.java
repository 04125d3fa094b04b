package dev.orderflow.edge.security;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Adds the scopes of operations to the OpenAPI document of a service that renders one. Comes before what adds headers to all
 * responses.
 */
@AutoConfiguration(beforeName = "dev.orderflow.edge.context.ContextDescriptionAutoConfiguration")
@ConditionalOnClass(OpenApiCustomizer.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class AccessDescriptionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "accessDescription")
    OpenApiCustomizer accessDescription(AccessRules rules) {
        return api -> AccessDescription.describe(api, rules);
    }
}
