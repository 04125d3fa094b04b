package dev.orderflow.eventing.admin.outbox;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.database.AdminDatabase;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Configures the operators' actions on parked events. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.admin.audit.AuditAutoConfiguration")
class OutboxAdminAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Parking outboxParking(AdminDatabase admin, Audit audit) {
        return new Parking(admin.client(), admin.transaction(), audit);
    }
}
