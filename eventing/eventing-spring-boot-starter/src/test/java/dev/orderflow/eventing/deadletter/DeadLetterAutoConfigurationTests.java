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
                        .hasSingleBean(Audit.class)
                        .hasSingleBean(Parking.class)
                        .doesNotHaveBean(DeadLetterBook.class)
                        .doesNotHaveBean(DeadLetterMetrics.class)
                        .doesNotHaveBean(DeadLetterQueries.class)
                        .doesNotHaveBean(Replays.class)
                        .doesNotHaveBean(ReplayWorker.class)
                        .doesNotHaveBean(Discards.class)
                        .doesNotHaveBean(Holds.class)
                        .doesNotHaveBean(HoldGauges.class)
                        .doesNotHaveBean(HoldActions.class));
    }

    @Test
    void anApplicationWithAGroupHasThem() {
        consumer()
                .run(context -> assertThat(context)
                        .satisfies(defines("deadLetters", "adminDeadLetterBook"))
                        .hasSingleBean(DeadLetterMetrics.class)
                        .hasSingleBean(DeadLetterQueries.class)
                        .hasSingleBean(Replays.class)
                        .hasSingleBean(ReplayWorker.class)
                        .hasSingleBean(Discards.class)
                        .hasSingleBean(Holds.class)
                        .hasSingleBean(HoldGauges.class)
                        .hasSingleBean(HoldActions.class));
    }
}
