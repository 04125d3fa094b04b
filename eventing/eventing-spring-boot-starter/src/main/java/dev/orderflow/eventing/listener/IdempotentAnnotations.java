package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.Idempotent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor.AnnotationEnhancer;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.listener.adapter.AdapterUtils;
import org.springframework.util.ReflectionUtils;

/** Finds {@link Idempotent} beside {@code @KafkaListener} and has the listener's container changed for it. */
class IdempotentAnnotations implements AnnotationEnhancer {

    private static final String POST_PROCESSOR = "containerPostProcessor";

    @Override
    public Map<String, Object> apply(Map<String, Object> attributes, AnnotatedElement element) {
        if (!isIdempotent(element)) {
            requireNoIdempotentHandler(element);
            return attributes;
        }
        if (!"".equals(attributes.get(POST_PROCESSOR))) {
            throw new IllegalStateException(element + " has @Idempotent, and a " + POST_PROCESSOR
                    + " in @KafkaListener, which @Idempotent needs for itself: do what it does in a container factory");
        }
        if (AnnotatedElementUtils.hasAnnotation(element, RetryableTopic.class)) {
            throw new IllegalStateException(
                    element + " has @Idempotent and @RetryableTopic, whose retry topics have groups and positions"
                            + " of their own: a record could take effect in two of them");
        }
        if (!"".equals(attributes.get("topicPattern"))) {
            throw new IllegalStateException(
                    element + " has @Idempotent and a topicPattern: name the topics, because ids are remembered"
                            + " for as long as those redeliver");
        }
        methods(element)
                .filter(method -> AdapterUtils.isAsyncReply(method.getReturnType()))
                .findFirst()
                .ifPresent(method -> {
                    throw new IllegalStateException(
                            method + " has @Idempotent, but ends later than its transaction: it returns "
                                    + method.getReturnType().getSimpleName());
                });
        var enhanced = new LinkedHashMap<>(attributes);
        enhanced.put(POST_PROCESSOR, IdempotentListeners.BEAN_NAME);
        return enhanced;
    }

    /** The listener, or all handlers of a class that is one. */
    private static Stream<Method> methods(AnnotatedElement element) {
        return switch (element) {
            case Method method -> Stream.of(method);
            case Class<?> type ->
                Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
                        .filter(method -> AnnotatedElementUtils.hasAnnotation(method, KafkaHandler.class));
            default -> Stream.of();
        };
    }

    /** All handlers of a class share one container, so the inbox is before all of them or none. */
    private static void requireNoIdempotentHandler(AnnotatedElement element) {
        if (element instanceof Class<?>
                && methods(element).anyMatch(method -> AnnotatedElementUtils.hasAnnotation(method, Idempotent.class))) {
            throw new IllegalStateException(
                    element + " has @Idempotent on a @KafkaHandler: put it on the class, for all of its handlers");
        }
    }

    private static boolean isIdempotent(AnnotatedElement element) {
        return AnnotatedElementUtils.hasAnnotation(element, Idempotent.class)
                || element instanceof Method method
                        && AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Idempotent.class);
    }
}
