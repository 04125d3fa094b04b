package dev.orderflow.eventing.admin;

import java.util.List;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Registers controllers of the operators' API if it is enabled. They are beans of the management port's own context only. That
 * context exists only if the management port differs from the application's, so the application's port never serves them. Spring
 * Boot resolves their exceptions in the application's context, so advices for these controllers belong there.
 * <p>
 * A registrar decides at each start, also in an application that Spring processed ahead of time. In contrast, the build would
 * have evaluated a {@code @ConditionalOnProperty}.
 */
public abstract class AdminControllers implements BeanRegistrar {

    private static final String GROUP = "eventing.group";

    /** Returns the controllers that suit the application. */
    protected abstract List<Class<?>> of(Environment environment);

    /** Returns {@code controllers} in an application that consumes events, otherwise none. */
    protected static List<Class<?>> ifConsuming(Environment environment, Class<?>... controllers) {
        return environment.containsProperty(GROUP) ? List.of(controllers) : List.of();
    }

    @Override
    public final void register(BeanRegistry registry, Environment environment) {
        if (environment.getProperty(AdminProperties.ENABLED, Boolean.class, false)) {
            of(environment).forEach(registry::registerBean);
        }
    }
}
