package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class RetryAutoConfigurationTests extends WiringTests {

    RetryAutoConfigurationTests() {
        super(RetryAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoRetries() {
        publisher()
                .run(context -> assertThat(context)
                        .doesNotHaveBean(RetryPolicy.class)
                        .doesNotHaveBean(RetryTopics.class)
                        .doesNotHaveBean(Diversion.class)
                        .doesNotHaveBean(Requeue.class)
                        .doesNotHaveBean(HoldRecovery.class)
                        .doesNotHaveBean(HoldSweeper.class)
                        .doesNotHaveBean(HoldGauges.class));
    }

    /** Consumers never inject the beans for operators, which are not autowire candidates. */
    @Test
    void anApplicationWithAGroupHasThemTwiceOnceForItsConsumersAndOnceForItsOperators() {
        consumer()
                .run(context -> assertThat(context)
                        .hasSingleBean(RetryPolicy.class)
                        .hasSingleBean(RetryTopics.class)
                        .hasSingleBean(HoldSweeper.class)
                        .hasSingleBean(HoldGauges.class)
                        .satisfies(defines(
                                "diversion", "holdRecovery", "adminDiversion", "adminRequeue", "adminHoldRecovery")));
    }
}
