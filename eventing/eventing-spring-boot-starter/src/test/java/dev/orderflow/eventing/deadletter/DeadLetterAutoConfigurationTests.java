package dev.orderflow.eventing.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.retry.DeadLetterBook;
import org.junit.jupiter.api.Test;

class DeadLetterAutoConfigurationTests extends WiringTests {

    DeadLetterAutoConfigurationTests() {
        super(DeadLetterAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoDeadLetters() {
        publisher()
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DeadLetterBook.class)
                        .doesNotHaveBean(DeadLetterMetrics.class));
    }

    @Test
    void anApplicationWithAGroupHasThem() {
        consumer()
                .run(context -> assertThat(context)
                        .satisfies(defines("deadLetters", "adminDeadLetterBook"))
                        .hasSingleBean(DeadLetterMetrics.class)
                        .hasSingleBean(DeadLetterRetention.class));
    }
}
