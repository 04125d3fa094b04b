package dev.orderflow.eventing.admin.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterAdminAutoConfigurationTests extends WiringTests {

    DeadLetterAdminAutoConfigurationTests() {
        super(DeadLetterAdminAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoDeadLetters() {
        publisher()
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DeadLetterQueries.class)
                        .doesNotHaveBean(Replays.class)
                        .doesNotHaveBean(ReplayWorker.class)
                        .doesNotHaveBean(DiscardMetrics.class)
                        .doesNotHaveBean(Discards.class));
    }

    /** Another instance may have accepted the replay. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void anApplicationWithAGroupReplaysWhetherOrNotItServesTheApi(String served) {
        consumer()
                .withPropertyValues("eventing.admin.enabled=" + served)
                .run(context -> assertThat(context)
                        .hasSingleBean(DeadLetterQueries.class)
                        .hasSingleBean(Replays.class)
                        .hasSingleBean(ReplayWorker.class)
                        .hasSingleBean(DiscardMetrics.class)
                        .hasSingleBean(Discards.class));
    }
}
