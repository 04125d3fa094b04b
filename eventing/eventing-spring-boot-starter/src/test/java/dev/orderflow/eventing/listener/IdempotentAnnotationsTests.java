package dev.orderflow.eventing.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.orderflow.eventing.Idempotent;
import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;

class IdempotentAnnotationsTests {

    private final IdempotentAnnotations annotations = new IdempotentAnnotations(new DefaultListableBeanFactory());

    @Test
    void onlyListenersThatSaySoAreChanged() throws Exception {
        assertThat(enhance(Mixed.class.getDeclaredMethod("plain"))).containsEntry("containerPostProcessor", "");
        assertThat(enhance(Mixed.class.getDeclaredMethod("idempotent")))
                .containsEntry("containerPostProcessor", IdempotentListeners.BEAN_NAME)
                .containsEntry("groupId", "group");
    }

    @Test
    void aClassSpeaksForAllItsListeners() throws Exception {
        assertThat(enhance(Whole.class.getDeclaredMethod("listen")))
                .containsEntry("containerPostProcessor", IdempotentListeners.BEAN_NAME);
    }

    @Test
    void aClassSpeaksForTheListenersThatItInherits() throws Exception {
        var inherited = Plain.class.getDeclaredMethod("listen");

        annotations.postProcessAfterInitialization(new Heir(), "heir");
        assertThat(enhance(inherited)).containsEntry("containerPostProcessor", IdempotentListeners.BEAN_NAME);

        annotations.postProcessAfterInitialization(new Plain(), "plain");
        assertThat(enhance(inherited)).containsEntry("containerPostProcessor", "");
    }

    @Test
    void aPostProcessorOfItsOwnIsRefusedByName() throws Exception {
        var method = Mixed.class.getDeclaredMethod("processed");
        assertThatIllegalStateException()
                .isThrownBy(() -> enhance(method))
                .withMessageContaining("processed")
                .withMessageContaining("containerPostProcessor");
    }

    @Test
    void aListenerThatEndsAfterItsTransactionIsRefused() throws Exception {
        var method = Mixed.class.getDeclaredMethod("later");
        assertThatIllegalStateException().isThrownBy(() -> enhance(method)).withMessageContaining("CompletableFuture");
    }

    @Test
    void aHandlerThatEndsAfterItsTransactionIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> enhance(Later.class))
                .withMessageContaining("CompletableFuture");
    }

    @Test
    void aSingleHandlerOfAClassIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> enhance(OneOfTwo.class))
                .withMessageContaining("put it on the class");
    }

    /** Its retry topics have groups of their own, under which the inbox would remember the same record again. */
    @Test
    void retryTopicsAreRefused() throws Exception {
        var method = Mixed.class.getDeclaredMethod("retried");
        assertThatIllegalStateException().isThrownBy(() -> enhance(method)).withMessageContaining("@RetryableTopic");
    }

    /** The time for which its topics redeliver, and ids are needed, is not known. */
    @Test
    void aPatternOfTopicsIsRefused() throws Exception {
        var method = Mixed.class.getDeclaredMethod("matching");
        assertThatIllegalStateException().isThrownBy(() -> enhance(method)).withMessageContaining("topicPattern");
    }

    private Map<String, Object> enhance(AnnotatedElement element) {
        var listener = element.getAnnotation(KafkaListener.class);
        return annotations.apply(AnnotationUtils.getAnnotationAttributes(listener), element);
    }

    static class Mixed {

        @KafkaListener(topics = "topic")
        void plain() {}

        @Idempotent
        @KafkaListener(topics = "topic", groupId = "group")
        void idempotent() {}

        @Idempotent
        @KafkaListener(topics = "topic", containerPostProcessor = "other")
        void processed() {}

        @Idempotent
        @KafkaListener(topics = "topic")
        CompletableFuture<Void> later() {
            return CompletableFuture.completedFuture(null);
        }

        @Idempotent
        @RetryableTopic
        @KafkaListener(topics = "topic")
        void retried() {}

        @Idempotent
        @KafkaListener(topicPattern = "topic.*")
        void matching() {}
    }

    @KafkaListener(topics = "topic")
    static class OneOfTwo {

        @Idempotent
        @KafkaHandler
        void text(String message) {}

        @KafkaHandler
        void number(Integer message) {}
    }

    @Idempotent
    @KafkaListener(topics = "topic")
    static class Later {

        @KafkaHandler
        CompletableFuture<Void> later(String message) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static class Plain {

        @KafkaListener(topics = "topic")
        void listen() {}
    }

    @Idempotent
    static class Heir extends Plain {}

    @Idempotent
    static class Whole {

        @KafkaListener(topics = "topic")
        void listen() {}
    }
}
