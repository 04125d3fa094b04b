package dev.orderflow.eventing.admin;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Configures the operators' API and its error responses. Each {@link AdminControllers} registers controllers. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(AdminProperties.class)
class AdminAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AdminProblems adminProblems() {
        return new AdminProblems();
    }

    /** Fails the start if the API cannot be served. Otherwise an operator would notice its absence only in an emergency. */
    @Bean
    @ConditionalOnMissingBean(name = "adminPortCheck")
    SmartInitializingSingleton adminPortCheck(AdminProperties admin, Environment environment) {
        return () -> {
            if (admin.enabled() && ManagementPortType.get(environment) != ManagementPortType.DIFFERENT) {
                throw new InvalidConfigurationPropertyValueException(
                        AdminProperties.ENABLED,
                        true,
                        "The operators' API is served on a separate management port: set management.server.port"
                                + " to a port that differs from server.port, or eventing.admin.enabled to false.");
            }
        };
    }
}
