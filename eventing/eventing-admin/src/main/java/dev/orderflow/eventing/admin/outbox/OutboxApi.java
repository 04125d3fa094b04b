package dev.orderflow.eventing.admin.outbox;

import dev.orderflow.eventing.admin.AdminControllers;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The outbox and its parked events on the management port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(OutboxApi.Controllers.class)
class OutboxApi {

    static class Controllers extends AdminControllers {

        @Override
        protected List<Class<?>> of(Environment environment) {
            return List.of(OutboxController.class, ParkingController.class);
        }
    }
}
