package dev.orderflow.eventing.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.RetentionClock;
import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.retry.DeadLetterBook;
import java.util.Optional;
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
                        .doesNotHaveBean(DeadLetterRetention.class));
    }

    @Test
    void closedLettersAreDeletedByTheClockOfRetention() {
        consumer()
                .withBean(RetentionClock.class, () -> retention -> Optional.empty())
                .run(context -> assertThat(context).hasSingleBean(DeadLetterRetention.class));
    }
}
