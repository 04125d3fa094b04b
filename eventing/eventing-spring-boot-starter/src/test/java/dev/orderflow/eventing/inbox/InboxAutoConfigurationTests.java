package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.wire.EventTypeTag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class InboxAutoConfigurationTests extends WiringTests {

    InboxAutoConfigurationTests() {
        super(InboxAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoConsumers() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(HandlerRegistry.class)
                        .satisfies(defines("handlerCheck"))
                        .doesNotHaveBean(ConsumerGroup.class)
                        .doesNotHaveBean(GroupMembers.class)
                        .doesNotHaveBean(HandlerChain.class)
                        .doesNotHaveBean(HandlingWatch.class)
                        .doesNotHaveBean(InboxMetrics.class)
                        .doesNotHaveBean(EventTypeTag.class)
                        .doesNotHaveBean("consumptionRests"));
    }

    @Test
    void anApplicationWithAGroupConsumes() {
        consumer()
                .run(context -> assertThat(context)
                        .hasSingleBean(ConsumerGroup.class)
                        .hasSingleBean(GroupMembers.class)
                        .hasSingleBean(HandlerChain.class)
                        .hasSingleBean(HandlingWatch.class)
                        .hasSingleBean(InboxMetrics.class)
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
