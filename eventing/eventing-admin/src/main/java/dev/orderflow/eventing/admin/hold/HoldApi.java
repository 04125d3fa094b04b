package dev.orderflow.eventing.admin.hold;

import dev.orderflow.eventing.admin.AdminControllers;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The holds of an application that consumes, on the management port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(HoldApi.Controllers.class)
class HoldApi {

    static class Controllers extends AdminControllers {

        @Override
        protected List<Class<?>> of(Environment environment) {
            return ifConsuming(environment, HoldController.class);
        }
    }
}
