package dev.orderflow.eventing.admin;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Registers the controllers under {@code /admin}. They are beans of the management port's own context only. That context exists only
 * where the management port differs from the application's, so the application's port never serves them. Spring Boot resolves their
 * exceptions in the application's context, so advices for these controllers belong there.
 * <p>
 * A registrar decides at each start, also in an application that Spring processed ahead of time. A {@code @ConditionalOnProperty} would
 * have been evaluated by the build.
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
