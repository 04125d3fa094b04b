package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** A bean's {@link BeforeBatch} method. */
class BatchHook {

    private final Object bean;
    private final Method method;
    private final Class<?> eventClass;

    /** @throws InvalidHandlerException when the method does not take one list of events */
    BatchHook(Object bean, Method method) {
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

    void call(List<Delivery> batch) {
        var events = batch.stream()
                .map(Delivery::event)
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
