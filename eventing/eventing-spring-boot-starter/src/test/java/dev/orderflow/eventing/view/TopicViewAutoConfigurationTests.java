package dev.orderflow.eventing.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.TopicView;
import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TopicViewAutoConfigurationTests extends WiringTests {

    TopicViewAutoConfigurationTests() {
        super(TopicViewAutoConfiguration.class);
    }

    @Override
    protected ApplicationContextRunner runner() {
        return withView();
    }

    @Test
    void viewsAreReadAndPartOfReadiness() {
        withView().run(context -> assertThat(context).satisfies(defines("topicViews", "topicViewsReadiness")::accept));
    }

    @Test
    void anApplicationWithoutViewsHasNeither() {
        complete()
                .run(context -> assertThat(context.getBeanDefinitionNames())
                        .doesNotContain("topicViews", "topicViewsReadiness"));
    }

    private static ApplicationContextRunner withView() {
        return complete().withBean("view", TopicView.class, () -> mock(TopicView.class));
    }
}
