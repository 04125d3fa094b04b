package dev.orderflow.eventing.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/** Has the application's data sources separate tenants. Runs after {@link PoolTimeouts}, which needs the pools themselves. */
class TenantDataSources implements BeanPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool && !(bean instanceof TenantDataSource)
                ? new TenantDataSource(pool)
                : bean;
    }
}
