package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.fault.FaultController;
import dev.orderflow.eventing.fault.FaultProblemAdvice;
import dev.orderflow.eventing.fault.InjectedFaults;
import dev.orderflow.eventing.fault.StrayRecords;
import dev.orderflow.eventing.inbox.HandlerRegistry;
import dev.orderflow.eventing.outbox.OutboxReader;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Switches to break a service with, which have no place but in a demo. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class FaultWiring {

    @Bean
    InjectedFaults injectedFaults(ObjectProvider<HandlerRegistry> handlers) {
        return new InjectedFaults(() -> handlers.getObject().names());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Web {

        @Bean
        StrayRecords strayRecords(
                KafkaClients kafka,
                JdbcTemplate jdbc,
                EventingProperties properties,
                @Value("${spring.application.name:application}") String applicationName) {
            return new StrayRecords(
                    kafka::promptProducer,
                    () -> Admin.create(kafka.adminProperties()),
                    new OutboxReader(jdbc, OutboxWiring.source(properties, applicationName)));
        }

        @Bean
        FaultController faultController(InjectedFaults faults, StrayRecords records) {
            return new FaultController(faults, records);
        }

        @Bean
        FaultProblemAdvice faultProblemAdvice() {
            return new FaultProblemAdvice();
        }
    }
}
