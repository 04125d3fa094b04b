package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.Idempotent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor;
import org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor.AnnotationEnhancer;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ShareKafkaListenerContainerFactory;
import org.springframework.kafka.listener.adapter.AdapterUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds {@link Idempotent} beside {@code @KafkaListener} and adds a post-processor for the listener's container.
 * <p>
 * Spring Kafka passes only the listener's method. The method may be inherited by an annotated class. The class is therefore
 * recorded when Spring Kafka begins to process the bean.
 */
class IdempotentAnnotations implements AnnotationEnhancer, BeanPostProcessor, Ordered {

    private static final String POST_PROCESSOR = "containerPostProcessor";
    private static final String FACTORY = "containerFactory";

    private final ConfigurableListableBeanFactory beans;
    private final ThreadLocal<@Nullable Bean> current = new ThreadLocal<>();
    private final Set<Listener> found = ConcurrentHashMap.newKeySet();

    /** The bean that Spring Kafka searches for listeners. */
    private record Bean(String name, Class<?> type) {}

    /**
     * A listener of a bean. A set of these ignores the second call by Spring Kafka for a method that an interface also declares.
     */
    private record Listener(@Nullable Bean bean, AnnotatedElement element, String attributes) {}

    IdempotentAnnotations(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        current.set(new Bean(name, AopUtils.getTargetClass(bean)));
        return bean;
    }

    /** Directly before Spring Kafka's post-processor, which has the lowest precedence. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE - 1;
    }

    /** Returns the listeners found so far, one for each container that Spring Kafka has to create. */
    List<String> found() {
        return found.stream().map(listener -> listener.element().toString()).toList();
    }

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
        requireNoShareConsumer(attributes, element);
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
        found.add(new Listener(current.get(), element, new AnnotationAttributes(attributes).toString()));
        return enhanced;
    }

    /** Rejects share consumers: they acknowledge each record separately, and their containers are not post-processed. */
    private void requireNoShareConsumer(Map<String, Object> attributes, AnnotatedElement element) {
        var configured = (String) attributes.getOrDefault(FACTORY, "");
        var name = configured.isEmpty()
                ? KafkaListenerAnnotationBeanPostProcessor.DEFAULT_KAFKA_LISTENER_CONTAINER_FACTORY_BEAN_NAME
                : beans.resolveEmbeddedValue(configured);
        if (name != null
                && beans.containsBean(name)
                && beans.isTypeMatch(name, ShareKafkaListenerContainerFactory.class)) {
            throw new IllegalStateException(element + " has @Idempotent, but its container factory " + name
                    + " makes share consumers, which cannot be idempotent: remove @Idempotent, or name a container"
                    + " factory of a consumer group");
        }
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

    /** All handlers of a class share one container. The inbox therefore applies to all of them or to none. */
    private static void requireNoIdempotentHandler(AnnotatedElement element) {
        if (element instanceof Class<?>
                && methods(element).anyMatch(method -> AnnotatedElementUtils.hasAnnotation(method, Idempotent.class))) {
            throw new IllegalStateException(
                    element + " has @Idempotent on a @KafkaHandler: put it on the class, for all of its handlers");
        }
    }

    private boolean isIdempotent(AnnotatedElement element) {
        return AnnotatedElementUtils.hasAnnotation(element, Idempotent.class)
                || element instanceof Method method
                        && (AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Idempotent.class)
                                || isInherited(method));
    }

    private boolean isInherited(Method method) {
        var bean = current.get();
        return bean != null
                && method.getDeclaringClass().isAssignableFrom(bean.type())
                && AnnotatedElementUtils.hasAnnotation(bean.type(), Idempotent.class);
    }
}
