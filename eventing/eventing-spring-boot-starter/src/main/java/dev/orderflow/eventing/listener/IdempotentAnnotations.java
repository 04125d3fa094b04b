package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.Idempotent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor.AnnotationEnhancer;
import org.springframework.kafka.listener.adapter.AdapterUtils;

/** Finds {@link Idempotent} beside {@code @KafkaListener} and has the listener's container changed for it. */
class IdempotentAnnotations implements AnnotationEnhancer {

    private static final String POST_PROCESSOR = "containerPostProcessor";

    @Override
    public Map<String, Object> apply(Map<String, Object> attributes, AnnotatedElement element) {
        if (!isIdempotent(element)) {
            return attributes;
        }
        if (!"".equals(attributes.get(POST_PROCESSOR))) {
            throw new IllegalStateException(element + " has @Idempotent, and a " + POST_PROCESSOR
                    + " in @KafkaListener, which @Idempotent needs for itself: do what it does in a container factory");
        }
        if (element instanceof Method method && AdapterUtils.isAsyncReply(method.getReturnType())) {
            throw new IllegalStateException(
                    element + " has @Idempotent, but ends later than its transaction: it returns "
                            + method.getReturnType().getSimpleName());
        }
        var enhanced = new LinkedHashMap<>(attributes);
        enhanced.put(POST_PROCESSOR, IdempotentListeners.BEAN_NAME);
        return enhanced;
    }

    private static boolean isIdempotent(AnnotatedElement element) {
        return AnnotatedElementUtils.hasAnnotation(element, Idempotent.class)
                || element instanceof Method method
                        && AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Idempotent.class);
    }
}
