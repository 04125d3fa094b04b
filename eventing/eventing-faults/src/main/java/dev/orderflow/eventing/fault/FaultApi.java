package dev.orderflow.eventing.fault;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Registers the fault switches under {@code /admin/faults}, which are enabled together with the operators' API. They are beans of the
 * management port's own context only, which exists only where that port differs from the application's.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(FaultApi.Controllers.class)
class FaultApi {

    /** Decides at each start, also in an application that Spring processed ahead of time. */
    static class Controllers implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            if (environment.getProperty("eventing.admin.enabled", Boolean.class, false)
                    && FaultAutoConfiguration.isDemo(environment)) {
                registry.registerBean(FaultController.class);
            }
        }
    }
}
