package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.wire.EventContracts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Auto-configuration of the events' contracts: the schemas on the class path, and the application's upcasters. */
@AutoConfiguration(beforeName = "dev.orderflow.eventing.wire.EventingWireAutoConfiguration")
@EnableConfigurationProperties(SchemasProperties.class)
class SchemasAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventSchemas eventSchemas() {
        return EventSchemas.onClassPath();
    }

    @Bean
    @ConditionalOnMissingBean
    UpcasterChain upcasterChain(ObjectProvider<Upcaster> upcasters) {
        return new UpcasterChain(upcasters.stream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    TypeCircuits typeCircuits(EventSchemas schemas, SchemasProperties properties) {
        return new TypeCircuits(schemas.types(), properties.circuit().settings(), System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    CommittedViolations committedViolations(TypeCircuits circuits) {
        return new CommittedViolations(circuits);
    }

    /** Asked before the limits of tenants, which an event of an open type must not use up. */
    @Bean
    @Order(0)
    @ConditionalOnMissingBean
    UnsoundTypes unsoundTypes(TypeCircuits circuits, SchemaMetrics metrics) {
        return new UnsoundTypes(circuits, metrics);
    }

    @Bean
    @ConditionalOnMissingBean
    SchemaMetrics schemaMetrics(ObjectProvider<MeterRegistry> meters) {
        return new SchemaMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    @ConditionalOnMissingBean(EventContracts.class)
    SchemaContracts eventContracts(
            EventSchemas schemas,
            UpcasterChain upcasters,
            ObjectProvider<PublishedVersions<?>> published,
            TypeCircuits circuits,
            SchemaMetrics metrics,
            SchemasProperties properties) {
        return new SchemaContracts(schemas, upcasters, published.stream().toList(), circuits, metrics, properties);
    }

    @Bean
    @ConditionalOnMissingBean
    ContractsCheck contractsCheck(
            ObjectProvider<HandlerRegistry> handlers,
            EventSchemas schemas,
            TypeCircuits circuits,
            SchemaMetrics metrics) {
        return new ContractsCheck(handlers, schemas, circuits, metrics);
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("eventSchemas")
    @ConditionalOnMissingBean(name = "eventSchemasHealthContributor")
    CircuitsHealth eventSchemasHealthContributor(TypeCircuits circuits) {
        return new CircuitsHealth(circuits);
    }
}
