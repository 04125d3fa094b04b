package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.EventContracts;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Registry of the handlers by event type for this application's consumer group. Immutable once built. */
public class HandlerRegistry {

    private final Map<String, Entry> byType = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private final List<BatchHook> hooks = new ArrayList<>();
    private final Map<HandlerMethod, UnreadEvent.Sources> unreadHandlers = new LinkedHashMap<>();
    private final TopicOwners owners;

    /** A handled event type. */
    public record Entry(EventDescriptor event, HandlerMethod handler) {}

    /**
     * @param beans all beans of the application
     * @throws InvalidHandlerException when two handlers consume one event type, a handler's event class is not an event, a
     *     topic has two owners, or {@code group} and the handlers contradict each other
     */
    HandlerRegistry(Collection<Object> beans, @Nullable String group) {
        this(beans, group, EventContracts.NONE);
    }

    HandlerRegistry(Collection<Object> beans, @Nullable String group, EventContracts contracts) {
        this(beans, group, contracts, Map.of());
    }

    /**
     * @param contracts convert older versions of events into those that are handled
     * @param sources   accepted sources by topic, in place of the topic's owner
     */
    HandlerRegistry(
            Collection<Object> beans,
            @Nullable String group,
            EventContracts contracts,
            Map<String, Set<String>> sources) {
        beans.forEach(this::register);
        var unread = new UnreadTypes(byType);
        unreadHandlers.forEach(unread::register);
        families.addAll(unread.families());
        contracts.upcasts().keySet().forEach(older -> registerOlder(older, contracts.upcasts()));
        if (group == null && !byType.isEmpty()) {
            throw new InvalidHandlerException(
                    "There are @EventHandler methods, but no consumer group that consumes events",
                    "Set eventing.group to the service's name");
        }
        if (group != null && byType.isEmpty()) {
            throw new InvalidHandlerException(
                    "The consumer group eventing.group=" + group + " has no @EventHandler methods",
                    "Add a bean with @EventHandler methods, or remove eventing.group if this service only publishes");
        }
        owners = new TopicOwners(byType.values().stream().map(Entry::event).toList(), sources);
    }

    public @Nullable Entry find(String type) {
        return byType.get(type);
    }

    /** Returns whether another major version of {@code type} is handled. */
    public boolean handlesOtherVersionOf(String type) {
        return families.contains(EventDescriptor.familyOf(type));
    }

    /** The event types that have a handler. */
    public Set<String> types() {
        return Set.copyOf(byType.keySet());
    }

    public Set<String> topics() {
        return byType.values().stream().map(entry -> entry.event().topic()).collect(Collectors.toSet());
    }

    /**
     * Checks that an event belongs to the topic where it was published.
     *
     * @throws ForeignEventException with the offending attribute, if the event does not belong there
     */
    public void requireHome(String topic, EventMetadata event) {
        owners.check(topic, event);
    }

    /**
     * Checks that a topic accepts an event's source, before its other attributes are read.
     *
     * @throws ForeignEventException when it does not
     */
    public void requireSource(String topic, @Nullable String source) {
        owners.checkSource(topic, source);
    }

    /**
     * Checks that the data of an event on a topic with an owner is about its subject: streams, holds and signatures go by the
     * subject, handlers by the data. An event that was sent without subject and key may be about anything.
     *
     * @throws ForeignEventException when it is about another one
     */
    public void requireSubject(SourceRecord record, EventMetadata metadata, DomainEvent event) {
        owners.checkSubject(record.topic(), record.key(), metadata, event);
    }

    /** The names of the handlers, sorted, as in {@code StockEventHandlers.reserve}. */
    public Set<String> names() {
        return byType.values().stream()
                .map(entry -> entry.handler().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The guards of handlers that call out. */
    Set<String> guards() {
        return byType.values().stream()
                .flatMap(entry -> entry.handler().guards().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Checks that all configured handlers exist.
     *
     * @param configured names of handlers, as in {@code StockEventHandlers.reserve}
     * @throws InvalidHandlerException when a handler does not exist
     */
    void requireAll(Collection<String> configured) {
        var names = names();
        if (!names.containsAll(configured)) {
            throw new InvalidHandlerException(
                    "eventing.retry.handlers has " + configured + ", not all of which are handlers",
                    "Use only names in " + names);
        }
    }

    /** Returns whether the application has batch hooks, which may keep loaded entities in memory. */
    boolean prepareBatches() {
        return !hooks.isEmpty();
    }

    void beforeBatch(List<? extends HandlerCalls.Call> batch) {
        hooks.forEach(hook -> hook.call(batch));
    }

    private void register(Object bean) {
        var beanClass = AopUtils.getTargetClass(bean);
        if (beanClass.getName().startsWith("org.springframework.")) {
            return;
        }
        annotated(beanClass, EventHandler.class)
                .forEach((method, annotation) -> register(
                        bean,
                        new HandlerMethod(bean, AopUtils.selectInvocableMethod(method, bean.getClass()), annotation)));
        annotated(beanClass, BeforeBatch.class)
                .keySet()
                .forEach(method ->
                        hooks.add(new BatchHook(bean, AopUtils.selectInvocableMethod(method, bean.getClass()))));
    }

    private void register(Object bean, HandlerMethod handler) {
        if (handler.declaredEvent() == UnreadEvent.class && bean instanceof UnreadEvent.Sources sources) {
            unreadHandlers.put(handler, sources);
        } else {
            register(handler);
        }
    }

    private void register(HandlerMethod handler) {
        for (var event : eventsOf(handler)) {
            var other = byType.putIfAbsent(event.type(), new Entry(event, handler));
            if (other != null) {
                throw new InvalidHandlerException(
                        "Both " + other.handler() + " and " + handler + " handle " + event.type(),
                        "Keep one handler for each event type, and call any other code from it");
            }
            families.add(EventDescriptor.familyOf(event.type()));
        }
    }

    /** Lets the newest handled version of an event receive an {@code older} one. */
    private void registerOlder(String older, Map<String, String> upcasts) {
        Entry newest = null;
        for (var type = upcasts.get(older); type != null; type = upcasts.get(type)) {
            newest = byType.getOrDefault(type, newest);
        }
        if (newest == null) {
            return;
        }
        var own = byType.put(older, newest);
        if (own != null && own.handler() != newest.handler()) {
            throw new InvalidHandlerException(
                    own.handler() + " handles " + older + ", which is converted to "
                            + newest.event().type() + " for " + newest.handler(),
                    "Remove the handler of the older version: an event takes effect in one version only");
        }
    }

    private static List<EventDescriptor> eventsOf(HandlerMethod handler) {
        try {
            return EventDescriptor.allOf(handler.declaredEvent());
        } catch (IllegalArgumentException e) {
            throw new InvalidHandlerException(handler + " handles an unknown event type", e.getMessage());
        }
    }

    private static <A extends Annotation> Map<Method, A> annotated(Class<?> beanClass, Class<A> annotation) {
        return MethodIntrospector.selectMethods(beanClass, (MethodIntrospector.MetadataLookup<@Nullable A>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, annotation));
    }

    /** Thrown for an event on a topic to which it does not belong. Dead letters store the name of this class. */
    public static final class ForeignEventException extends UndecodableEventException {

        private final String topic;

        ForeignEventException(String topic, String message) {
            super(message);
            this.topic = topic;
        }

        public String topic() {
            return topic;
        }
    }

    /** A bean's {@link BeforeBatch} method. */
    private static final class BatchHook {

        private final Object bean;
        private final Method method;
        private final Class<?> eventClass;

        /** @throws InvalidHandlerException when the method does not have a list of events as its only parameter */
        private BatchHook(Object bean, Method method) {
            this.bean = bean;
            this.method = method;
            this.eventClass = method.getParameterCount() == 1 && method.getParameterTypes()[0] == List.class
                    ? ResolvableType.forMethodParameter(method, 0).getGeneric(0).resolve(Object.class)
                    : Object.class;
            if (!DomainEvent.class.isAssignableFrom(eventClass)) {
                throw new InvalidHandlerException(
                        method.getDeclaringClass().getSimpleName() + "." + method.getName() + " is marked @BeforeBatch",
                        "Let it take one parameter, a List of an event record or of a sealed interface of events");
            }
            ReflectionUtils.makeAccessible(method);
        }

        private void call(List<? extends HandlerCalls.Call> batch) {
            var events = batch.stream()
                    .map(HandlerCalls.Call::event)
                    .filter(eventClass::isInstance)
                    .toList();
            if (events.isEmpty()) {
                return;
            }
            try {
                method.invoke(bean, events);
            } catch (InvocationTargetException e) {
                throw HandlerException.of(e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
