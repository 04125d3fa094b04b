package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.schema.PersistenceContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class OutboxAutoConfigurationTests extends WiringTests {

    OutboxAutoConfigurationTests() {
        super(OutboxAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasAPublisher() {
        publisher()
                .run(context ->
                        assertThat(context).hasSingleBean(EventPublisher.class).hasSingleBean(RecordForwarder.class));
    }

    @Test
    void onlyAnApplicationThatConsumesForwardsForOperators() {
        publisher().run(context -> assertThat(context).doesNotHaveBean("adminForwarder"));
        consumer().run(context -> assertThat(context).satisfies(defines("adminForwarder")));
    }

    @Test
    void retriesKeepAForwarderWhereTheApplicationHasItsOwnPublisher() {
        consumer()
                .withBean("own", EventPublisher.class, () -> event -> {})
                .run(context -> assertThat(context)
                        .hasSingleBean(EventPublisher.class)
                        .satisfies(defines("own", "recordForwarder")));
    }

    @Test
    void anApplicationWithoutJpaOnItsClassPathStarts() {
        publisher()
                .withClassLoader(new FilteredClassLoader("jakarta.persistence"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PersistenceContext.class));
    }
}
