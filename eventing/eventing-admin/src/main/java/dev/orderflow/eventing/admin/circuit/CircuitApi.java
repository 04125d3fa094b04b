package dev.orderflow.eventing.admin.circuit;

import dev.orderflow.eventing.admin.AdminControllers;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The circuits of event types, on the management port of an application that consumes and checks events by schemas. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "dev.orderflow.eventing.schemas.TypeCircuits")
@Import(CircuitApi.Controllers.class)
class CircuitApi {

    static class Controllers extends AdminControllers {

        @Override
        protected List<Class<?>> of(Environment environment) {
            return ifConsuming(environment, CircuitController.class);
        }
    }
}
