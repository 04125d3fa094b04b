package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.EventingSchema;
import dev.orderflow.eventing.schema.PersistenceContext;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.PlatformTransactionManager;

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
    void aPublisherWakesTheRelay() {
        IntConsumer wake = buckets -> {};
        publisherThatCanBeCreated()
                .withBean("wakeOutboxRelay", IntConsumer.class, () -> wake, OutboxAutoConfigurationTests::byNameOnly)
                .run(context -> assertThat(context.getBean(EventPublisher.class))
                        .extracting("wakeRelay")
                        .isSameAs(wake));
    }

    private static ApplicationContextRunner publisherThatCanBeCreated() {
        return publisher()
                .withBean(
                        EventingDatabase.class,
                        () -> new EventingDatabase(
                                new SimpleDriverDataSource(),
                                mock(PlatformTransactionManager.class),
                                EventingSchema.UNSET));
    }

    private static void byNameOnly(BeanDefinition bean) {
        ((AbstractBeanDefinition) bean).setDefaultCandidate(false);
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
