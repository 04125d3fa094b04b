package dev.orderflow.eventing.admin;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Controllers under {@code /admin}. They are beans of the management port's own context only, which exists only where that port
 * differs from the application's: whatever is configured, the application's port does not serve them. Exceptions are resolved by the
 * application's context, as Spring Boot has it, so advices for these controllers belong there.
 * <p>
 * A registrar decides at each start, also in an application that Spring processed ahead of time, where a
 * {@code @ConditionalOnProperty} would have been decided by the build.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(AdminApi.Controllers.class)
class AdminApi {

    static class Controllers implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            if (!environment.getProperty(AdminProperties.ENABLED, Boolean.class, false)) {
                return;
            }
            registry.registerBean(AuditController.class);
            registry.registerBean(OutboxController.class);
            registry.registerBean(ParkingController.class);
            if (environment.containsProperty("eventing.group")) {
                registry.registerBean(DeadLetterController.class);
                registry.registerBean(ReplayController.class);
                registry.registerBean(HoldController.class);
            }
        }
    }
}
