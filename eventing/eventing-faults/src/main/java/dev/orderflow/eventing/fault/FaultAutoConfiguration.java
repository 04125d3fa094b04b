package dev.orderflow.eventing.fault;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.outbox.relay.SentEvents;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Configures the fault switches, which are meant for a demo only. {@link FaultApi} registers their controller.
 * <p>
 * Registrars decide at each start, also in an application that Spring processed ahead of time. A {@code @Profile} would have been
 * evaluated by the build.
 */
@AutoConfiguration(afterName = "dev.orderflow.eventing.inbox.handler.HandlerAutoConfiguration")
@Import(FaultAutoConfiguration.Switches.class)
class FaultAutoConfiguration {

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
                registry.registerBean(
                        StrayRecords.class, bean -> bean.supplier(FaultAutoConfiguration.Switches::strayRecords));
            }
        }

        private static StrayRecords strayRecords(BeanRegistry.SupplierContext context) {
            var kafka = context.bean(KafkaClients.class);
            return new StrayRecords(
                    kafka::promptProducer,
                    () -> Admin.create(kafka.adminProperties()),
                    context.bean(SentEvents.class)::find);
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
