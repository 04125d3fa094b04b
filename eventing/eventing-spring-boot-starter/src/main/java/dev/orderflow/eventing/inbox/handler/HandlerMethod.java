package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.WhenExhausted;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** An {@link EventHandler} method of a bean. The constructor checks its signature. */
public final class HandlerMethod {

    private final Object bean;
    private final Method method;
    private final boolean callsOut;
    private final boolean wantsMetadata;
    private final List<String> guards;
    private final WhenExhausted whenExhausted;
    private final boolean handlesExpired;

    /** @throws InvalidHandlerException when the method's signature is not one that {@link EventHandler} describes */
    HandlerMethod(Object bean, Method method, EventHandler annotation) {
        this.bean = bean;
        this.method = method;
        this.guards = List.of(annotation.guard());
        this.whenExhausted = annotation.whenExhausted();
        this.handlesExpired = annotation.handleExpired();
        this.callsOut = method.getReturnType() == AfterCall.class;
        this.wantsMetadata = method.getParameterCount() == 2;
        check();
        ReflectionUtils.makeAccessible(method);
    }

    Class<? extends DomainEvent> declaredEvent() {
        return method.getParameterTypes()[0].asSubclass(DomainEvent.class);
    }

    /** Returns whether the method runs outside the transaction and returns the work to do inside it. */
    public boolean callsOut() {
        return callsOut;
    }

    /** The Resilience4j instances around each call, the outermost first. */
    List<String> guards() {
        return guards;
    }

    /** The names of the guards, separated by commas; null without one. */
    public @Nullable String guardNames() {
        return guards.isEmpty() ? null : String.join(",", guards);
    }

    public WhenExhausted whenExhausted() {
        return whenExhausted;
    }

    /** Returns whether the method is called also for events whose deadline has passed. */
    boolean handlesExpired() {
        return handlesExpired;
    }

    /** Handles an event inside the current transaction. */
    public void handle(DomainEvent event, EventMetadata metadata) {
        invoke(event, metadata);
    }

    /** Calls out for an event, outside any transaction. */
    AfterCall callOut(DomainEvent event, EventMetadata metadata) {
        var after = (AfterCall) invoke(event, metadata);
        if (after == null) {
            throw new IllegalStateException(this + " returned null instead of AfterCall.nothing()");
        }
        return after;
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private @Nullable Object invoke(DomainEvent event, EventMetadata metadata) {
        try {
            return wantsMetadata ? method.invoke(bean, event, metadata) : method.invoke(bean, event);
        } catch (InvocationTargetException e) {
            throw HandlerException.of(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check() {
        var parameters = List.of(method.getParameterTypes());
        var validParameters = !parameters.isEmpty()
                && DomainEvent.class.isAssignableFrom(parameters.getFirst())
                && (parameters.size() == 1 || parameters.size() == 2 && parameters.get(1) == EventMetadata.class);
        if (!validParameters) {
            throw new InvalidHandlerException(
                    this + " takes " + Arrays.toString(method.getParameterTypes()),
                    "Let it take an event record or a sealed interface of events, optionally followed by EventMetadata");
        }
        if (!callsOut && method.getReturnType() != void.class) {
            throw new InvalidHandlerException(
                    this + " returns " + method.getReturnType().getSimpleName(),
                    "Let it return nothing, or AfterCall if it calls out");
        }
        if (!callsOut && !guards.isEmpty()) {
            throw new InvalidHandlerException(
                    this + " has a guard but does not call out", "Remove the guard, or return AfterCall");
        }
    }
}
