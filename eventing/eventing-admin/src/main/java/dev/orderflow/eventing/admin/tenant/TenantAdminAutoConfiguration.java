package dev.orderflow.eventing.admin.tenant;

import dev.orderflow.eventing.TenantSwitch;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.ReadyTables;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures the switches of tenants in an application that refuses their changes. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.admin.audit.AuditAutoConfiguration")
@ConditionalOnBean(TenantSwitch.class)
class TenantAdminAutoConfiguration {

    /** @param tables migrated before the switches are read */
    @Bean
    @ConditionalOnMissingBean
    TenantSwitches tenantSwitches(AdminDatabase admin, Audit audit, TenantSwitch target, ReadyTables tables) {
        return new TenantSwitches(admin.client(), admin.transaction(), audit, target);
    }
}
