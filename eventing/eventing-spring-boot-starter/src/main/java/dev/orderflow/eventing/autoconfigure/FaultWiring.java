package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.fault.FaultProblemAdvice;
import dev.orderflow.eventing.fault.InjectedFaults;
import dev.orderflow.eventing.fault.StrayRecords;
import dev.orderflow.eventing.inbox.HandlerRegistry;
import dev.orderflow.eventing.outbox.OutboxReader;
import dev.orderflow.eventing.schema.EventingDatabase;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Switches to break a service with, which have no place but in a demo. {@link AdminApi} has their controller.
 * <p>
 * Registrars decide at each start, also in an application that Spring processed ahead of time, where a {@code @Profile} would have
 * been decided by the build.
 */
@Configuration(proxyBeanMethods = false)
@Import(FaultWiring.Switches.class)
class FaultWiring {

    static boolean isDemo(Environment environment) {
        return environment.matchesProfiles("demo");
    }

    static class Switches implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            if (isDemo(environment)) {
                registry.registerBean(
                        InjectedFaults.class,
                        bean -> bean.supplier(context -> new InjectedFaults(
                                () -> context.bean(HandlerRegistry.class).names())));
                var applicationName = environment.getProperty("spring.application.name", "application");
                registry.registerBean(
                        StrayRecords.class, bean -> bean.supplier(context -> strayRecords(context, applicationName)));
            }
        }

        private static StrayRecords strayRecords(BeanRegistry.SupplierContext context, String applicationName) {
            var kafka = context.bean(KafkaClients.class);
            return new StrayRecords(
                    kafka::promptProducer,
                    () -> Admin.create(kafka.adminProperties()),
                    new OutboxReader(
                            context.bean(EventingDatabase.class).template(),
                            OutboxWiring.source(context.bean(EventingProperties.class), applicationName),
                            context.bean(EventingDatabase.class).schema()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @Import(Problems.class)
    static class Web {}

    static class Problems implements BeanRegistrar {

        @Override
        public void register(BeanRegistry registry, Environment environment) {
            if (isDemo(environment)) {
                registry.registerBean(FaultProblemAdvice.class);
            }
        }
    }
}
