package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.deadletter.AdminProblems;
import dev.orderflow.eventing.deadletter.Audit;
import dev.orderflow.eventing.deadletter.Parking;
import dev.orderflow.eventing.schema.EventingDatabase;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What operators can do in any application, also in one that only publishes. {@link AdminApi} has the controllers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminProperties.class)
class AdminWiring {

    @Bean
    AdminDatabase adminDatabase(EventingDatabase database) {
        return new AdminDatabase(database);
    }

    @Bean
    Audit adminAudit(AdminDatabase admin) {
        return new Audit(admin.client());
    }

    @Bean
    Parking outboxParking(AdminDatabase admin, Audit audit) {
        return new Parking(admin.client(), admin.transaction(), audit);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Web {

        @Bean
        AdminProblems adminProblems() {
            return new AdminProblems();
        }

        /** Start-up fails rather than that an operator who needs the API finds nothing. */
        @Bean
        SmartInitializingSingleton adminPortCheck(AdminProperties admin, Environment environment) {
            return () -> {
                if (admin.enabled() && ManagementPortType.get(environment) != ManagementPortType.DIFFERENT) {
                    throw new InvalidConfigurationPropertyValueException(
                            AdminProperties.ENABLED,
                            true,
                            "The operators' API is served on a management port of its own: set management.server.port"
                                    + " to a port that differs from server.port, or eventing.admin.enabled to false.");
                }
            };
        }
    }
}
