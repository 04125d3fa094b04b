package dev.orderflow.eventing.admin.audit;

import dev.orderflow.eventing.database.AdminDatabase;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures the audit log of operators' actions. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.database.EventingTablesAutoConfiguration")
class AuditAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Audit adminAudit(AdminDatabase admin) {
        return new Audit(admin.client());
    }
}
