package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventContracts;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration of this application's handlers and of the steps around their calls. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.outbox.OutboxAutoConfiguration",
            "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
            "io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
            "io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration"
        })
class HandlerAutoConfiguration {

    /** Registry of the handlers. Lazy, because it searches all other beans, which must exist. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    HandlerRegistry handlerRegistry(
            ListableBeanFactory beans,
            EventingProperties properties,
            ObjectProvider<CallGuards> guards,
            ObjectProvider<EventContracts> contracts) {
        var registry = new HandlerRegistry(
                beans.getBeansOfType(Object.class, false, false).values(),
                properties.group(),
                contracts.getIfAvailable(() -> EventContracts.NONE),
                properties.inbox().sources());
        guards.getIfAvailable(() -> CallGuards.NONE).open(registry.guards());
        registry.requireAll(properties.retry().handlers().keySet());
        return registry;
    }

    /** Fails the start when the handlers are invalid, before anything is served or consumed. */
    @Bean
    @ConditionalOnMissingBean(name = "handlerCheck")
    SmartInitializingSingleton handlerCheck(ObjectProvider<HandlerRegistry> registry) {
        return registry::getObject;
    }

    /** Returns whether consumption is paused because a guard of this application's handlers is open. */
    @Bean(defaultCandidate = false)
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean(name = "consumptionRests")
    BooleanSupplier consumptionRests(ObjectProvider<CallGuards> guards, ObjectProvider<HandlerRegistry> handlers) {
        return () -> !guards.getIfAvailable(() -> CallGuards.NONE)
                .open(handlers.getObject().guards())
                .isEmpty();
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    HandlerChain handlerChain(
            ObjectProvider<Validator> validator,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<HandlerCalls.Step> furtherSteps,
            Clock clock) {
        var steps = new ArrayList<HandlerCalls.Step>(List.of(new LogContext(), new FlowContext(), new Deadline(clock)));
        validator.ifAvailable(it -> steps.add(new EventValidation(it)));
        meters.ifAvailable(it -> steps.add(new HandlerMetrics(it)));
        furtherSteps.orderedStream().forEach(steps::add);
        return new HandlerChain(steps);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    EventTypeTag eventTypeTag(ObjectProvider<HandlerRegistry> registry) {
        return new EventTypeTag(() -> registry.getObject().types());
    }

    /** Depends on the tables only so that it starts after their migration. */
    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    HandlingWatch handlingWatch(EventingDatabase database, EventingProperties properties, ReadyTables tables) {
        return new HandlingWatch(
                new Overruns(database.client(), database.transaction(), properties.group()),
                properties.inbox().handlingTimeout());
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    CallOuts.Factory callOuts(
            HandlerChain chain,
            ObjectProvider<CallGuards> guards,
            HandlingWatch watch,
            EventingProperties properties,
            Clock clock) {
        return () -> new CallOuts(
                chain,
                guards.getIfAvailable(() -> CallGuards.NONE),
                properties.inbox().maxConcurrentCalls(),
                watch,
                new Deadline(clock));
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    HandlerCalls.Factory handlerCalls(
            ObjectProvider<HandlerRegistry> registry,
            HandlerChain chain,
            ObjectProvider<CallGuards> guards,
            HandlingWatch watch,
            CallOuts.Factory callOuts,
            Diversion diversion,
            EventingDatabase database) {
        return () -> {
            var handlers = registry.getObject();
            var guarding = guards.getIfAvailable(() -> CallGuards.NONE);
            return new HandlerCalls(
                    handlers,
                    chain,
                    watch,
                    callOuts.create(),
                    new GuardWatch(guarding, handlers.guards(), diversion, database.transaction()));
        };
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
        @ConditionalOnMissingBean
        CallGuards callGuards(
                CircuitBreakerRegistry circuitBreakers, BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters) {
            return new ResilienceGuards(circuitBreakers, bulkheads, timeLimiters);
        }
    }
}
