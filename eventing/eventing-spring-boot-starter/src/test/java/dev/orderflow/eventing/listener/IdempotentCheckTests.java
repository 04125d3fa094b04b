package dev.orderflow.eventing.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.Idempotent;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.EventingSchema;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.ShareKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.ShareConsumerFactory;

/** Listeners whose containers Spring Kafka creates and does not start. */
class IdempotentCheckTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ListenerAutoConfiguration.class))
            .withUserConfiguration(Factories.class);

    @Test
    void listenersOfConsumerGroupsStart() {
        runner.withBean(Own.class).withBean(Heir.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(IdempotentListeners.class).names())
                    .containsExactlyInAnyOrder("own", "inherited");
        });
    }

    @Test
    void anInheritedListenerIsNotIdempotentWhereTheClassDoesNotSaySo() {
        runner.withBean(Plain.class).withBean(Heir.class, Heir::new).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(IdempotentAnnotations.class).found()).hasSize(1);
            assertThat(context.getBean(IdempotentListeners.class).count()).isEqualTo(1);
        });
    }

    @Test
    void aListenerThatAnInterfaceDeclaresCountsOnce() {
        runner.withBean(Implementing.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(IdempotentAnnotations.class).found()).hasSize(1);
        });
    }

    @Test
    void eachOfTwoBeansOfOneClassCounts() {
        runner.withBean("one", Own.class).withBean("other", Own.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(IdempotentAnnotations.class).found()).hasSize(2);
        });
    }

    @Test
    void aShareConsumerIsRefusedByName() {
        runner.withBean(Sharing.class)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Sharing.share")
                        .hasMessageContaining("share consumers, which cannot be idempotent"));
    }

    /** Its type is not known before it is created. */
    @Test
    void aContainerThatWasNotChangedEndsTheStart() {
        runner.withBean(Own.class)
                .withBean(SharingByAnotherName.class)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("at 2 listeners, but only 1")
                        .hasMessageContaining("SharingByAnotherName.share"));
    }

    static class Own {

        @Idempotent
        @KafkaListener(topics = "own", groupId = "group", autoStartup = "false")
        void listen(String message) {}
    }

    interface Declaring {

        void listen(String message);
    }

    static class Implementing implements Declaring {

        @Override
        @Idempotent
        @KafkaListener(topics = "declared", groupId = "group", autoStartup = "false")
        public void listen(String message) {}
    }

    static class Plain {

        @KafkaListener(topics = "inherited", groupId = "group", autoStartup = "false")
        void listen(String message) {}
    }

    @Idempotent
    static class Heir extends Plain {}

    static class Sharing {

        @Idempotent
        @KafkaListener(topics = "shared", groupId = "group", autoStartup = "false", containerFactory = "sharing")
        void share(String message) {}
    }

    static class SharingByAnotherName {

        @Idempotent
        @KafkaListener(topics = "shared", groupId = "group", autoStartup = "false", containerFactory = "secret")
        void share(String message) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableKafka
    static class Factories {

        @Bean
        EventingDatabase database() {
            var dataSource = new PGSimpleDataSource();
            return new EventingDatabase(dataSource, new JdbcTransactionManager(dataSource), EventingSchema.UNSET);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaListenerContainerFactory() {
            var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(Map.of("bootstrap.servers", "localhost:1")));
            return factory;
        }

        @Bean
        ShareKafkaListenerContainerFactory<Object, Object> sharing() {
            return new ShareKafkaListenerContainerFactory<>(shareConsumers());
        }

        @Bean
        KafkaListenerContainerFactory<?> secret() {
            return new ShareKafkaListenerContainerFactory<>(shareConsumers());
        }

        @SuppressWarnings("unchecked") // A mock has no type arguments.
        private static ShareConsumerFactory<Object, Object> shareConsumers() {
            return mock(ShareConsumerFactory.class);
        }
    }
}
