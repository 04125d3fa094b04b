package dev.orderflow.eventing.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.deadletter.Holds;
import dev.orderflow.eventing.retry.DeadLetterBook;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class DeadLetterWiringTests {

    @Test
    void anApplicationThatOnlyPublishesHasNoDeadLetters() {
        new WebApplicationContextRunner()
                .withUserConfiguration(DeadLetterWiring.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DeadLetterBook.class)
                        .doesNotHaveBean(Holds.class));
    }
}
