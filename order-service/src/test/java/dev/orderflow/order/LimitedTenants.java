package dev.orderflow.order;

import dev.orderflow.edge.tenant.TenantLimits;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** The limits of tenants that an application with given properties has. */
public final class LimitedTenants {

    private static final Class<?> CONFIGURATION =
            ClassUtils.resolveClassName("dev.orderflow.edge.tenant.TenantAutoConfiguration", null);

    private LimitedTenants() {}

    public static TenantLimits with(String... properties) {
        var limits = new AtomicReference<TenantLimits>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CONFIGURATION))
                .withPropertyValues(properties)
                .run(context -> limits.set(context.getBean(TenantLimits.class)));
        return limits.get();
    }
}
