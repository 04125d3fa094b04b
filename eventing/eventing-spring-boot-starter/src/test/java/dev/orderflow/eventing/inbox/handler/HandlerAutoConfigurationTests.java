package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.wire.EventTypeTag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class HandlerAutoConfigurationTests extends WiringTests {

    HandlerAutoConfigurationTests() {
        super(HandlerAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasItsHandlersChecked() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(HandlerRegistry.class)
                        .satisfies(defines("handlerCheck"))
                        .doesNotHaveBean(HandlerChain.class)
                        .doesNotHaveBean(HandlerCalls.Factory.class)
                        .doesNotHaveBean(HandlingWatch.class)
                        .doesNotHaveBean(EventTypeTag.class)
                        .doesNotHaveBean("consumptionRests"));
    }

    @Test
    void anApplicationWithAGroupCallsHandlers() {
        consumer()
                .run(context -> assertThat(context)
                        .hasSingleBean(HandlerChain.class)
                        .hasSingleBean(HandlerCalls.Factory.class)
                        .hasSingleBean(HandlingWatch.class)
                        .hasSingleBean(EventTypeTag.class)
                        .satisfies(defines("consumptionRests")));
    }

    @Test
    void callsAreGuardedWhereThereIsResilience4j() {
        consumer().run(context -> assertThat(context).doesNotHaveBean(CallGuards.class));
        complete().run(context -> assertThat(context).hasSingleBean(CallGuards.class));
    }

    @Test
    void anApplicationWithoutTheOptionalLibrariesStarts() {
        consumer()
                .withClassLoader(new FilteredClassLoader("jakarta.persistence", "io.github.resilience4j"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallGuards.class));
    }
}
