package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.deadletter.AdminProblems;
import dev.orderflow.eventing.deadletter.Audit;
import dev.orderflow.eventing.deadletter.AuditController;
import dev.orderflow.eventing.deadletter.Parking;
import dev.orderflow.eventing.deadletter.ParkingController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators can do in any application, also in one that only publishes. */
@Configuration(proxyBeanMethods = false)
class AdminWiring {

    @Bean
    Audit adminAudit(JdbcClient jdbc) {
        return new Audit(jdbc);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Web {

        @Bean
        ParkingController parkingController(JdbcClient jdbc, PlatformTransactionManager transactions, Audit audit) {
            return new ParkingController(new Parking(jdbc, new TransactionTemplate(transactions), audit));
        }

        @Bean
        AuditController auditController(Audit audit) {
            return new AuditController(audit);
        }

        @Bean
        AdminProblems adminProblems() {
            return new AdminProblems();
        }
    }
}
