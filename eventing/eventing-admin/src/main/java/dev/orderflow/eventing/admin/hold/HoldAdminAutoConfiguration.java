package dev.orderflow.eventing.admin.hold;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.settings.EventingProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Configures the operators' queries about holds, and their actions on them, in an application that consumes events. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.admin.audit.AuditAutoConfiguration",
            "dev.orderflow.eventing.retry.RetryAutoConfiguration"
        })
@ConditionalOnProperty("eventing.group")
class HoldAdminAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Holds holdQueries(AdminDatabase admin, EventingProperties properties) {
        return new Holds(admin.client(), properties.group());
    }

    @Bean
    @ConditionalOnMissingBean
    HoldActions holdActions(
            AdminDatabase admin,
            EventingProperties properties,
            @Qualifier("adminHoldRecovery") HoldRecovery recovery,
            Audit audit) {
        return new HoldActions(admin.client(), properties.group(), admin.transaction(), recovery, audit);
    }
}
