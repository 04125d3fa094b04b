package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.inbox.BatchConsumer;
import dev.orderflow.eventing.inbox.BatchProcessor;
import dev.orderflow.eventing.inbox.CallGuards;
import dev.orderflow.eventing.inbox.CallOuts;
import dev.orderflow.eventing.inbox.Causation;
import dev.orderflow.eventing.inbox.ConsumerGroup;
import dev.orderflow.eventing.inbox.HandlerChain;
import dev.orderflow.eventing.inbox.HandlerRegistry;
import dev.orderflow.eventing.inbox.Inbox;
import dev.orderflow.eventing.inbox.InboxMetrics;
import dev.orderflow.eventing.inbox.LogContext;
import dev.orderflow.eventing.inbox.PartitionPauses;
import dev.orderflow.eventing.inbox.RecordDecoder;
import dev.orderflow.eventing.inbox.ResilienceGuards;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.TopicCreator;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Kafka to effect. */
@Configuration(proxyBeanMethods = false)
class InboxWiring {

    /** Lazy: it looks through all other beans, so these must be there. */
    @Bean
    @Lazy
    HandlerRegistry handlerRegistry(
            ListableBeanFactory beans, EventingProperties properties, ObjectProvider<CallGuards> guards) {
        var registry = new HandlerRegistry(
                beans.getBeansOfType(Object.class, false, false).values(), properties.group());
        guards.getIfAvailable(() -> CallGuards.NONE).anyOpen(registry.guards());
        return registry;
    }

    /** Start-up fails before anything is served or taken in when the handlers are not right. */
    @Bean
    SmartInitializingSingleton handlerCheck(ObjectProvider<HandlerRegistry> registry) {
        return registry::getObject;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("eventing.group")
    static class Group {

        @Bean
        ConsumerGroup consumerGroup(
                ObjectProvider<HandlerRegistry> registry,
                ObjectProvider<CallGuards> guards,
                EventingProperties properties,
                EventJson json,
                JdbcClient jdbc,
                PlatformTransactionManager transactions,
                ObjectProvider<MeterRegistry> meters,
                ObjectProvider<HandlerChain.Step> furtherSteps,
                KafkaClients kafka,
                TopicCreator topics,
                DailyPartitions partitions) {
            var inbox = properties.inbox();
            var group = properties.group();
            return new ConsumerGroup(
                    () -> {
                        var handlers = registry.getObject();
                        var guard = guards.getIfAvailable(() -> CallGuards.NONE);
                        var steps = new ArrayList<HandlerChain.Step>(List.of(new LogContext(), new Causation()));
                        furtherSteps.orderedStream().forEach(steps::add);
                        var chain = new HandlerChain(steps);
                        var processor = new BatchProcessor(
                                new RecordDecoder(handlers, json),
                                handlers,
                                chain,
                                new CallOuts(chain, guard, inbox.maxConcurrentCalls()),
                                new Inbox(jdbc, group),
                                new TransactionTemplate(transactions),
                                new InboxMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), group));
                        return new BatchConsumer(
                                () -> kafka.consumer(group, inbox.maxBatch()),
                                topics,
                                handlers.topics(),
                                processor,
                                () -> guard.anyOpen(handlers.guards()),
                                new PartitionPauses(inbox.shortestRetry(), inbox.longestRetry()));
                    },
                    inbox.concurrency());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry")
    @ConditionalOnBean(
            type = {
                "io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry",
                "io.github.resilience4j.bulkhead.BulkheadRegistry",
                "io.github.resilience4j.timelimiter.TimeLimiterRegistry"
            })
    static class Resilience {

        @Bean
        CallGuards callGuards(
                CircuitBreakerRegistry circuitBreakers, BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters) {
            return new ResilienceGuards(circuitBreakers, bulkheads, timeLimiters);
        }
    }
}
