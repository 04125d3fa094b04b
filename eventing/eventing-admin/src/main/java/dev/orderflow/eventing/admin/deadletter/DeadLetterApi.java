package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.AdminControllers;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The dead letters of an application that consumes, and their replays, on the management port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(DeadLetterApi.Controllers.class)
class DeadLetterApi {

    static class Controllers extends AdminControllers {

        @Override
        protected List<Class<?>> of(Environment environment) {
            return ifConsuming(environment, DeadLetterController.class, ReplayController.class);
        }
    }
}
