package dev.orderflow.eventing.fault;

import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.wire.LogText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes handlers fail before they do anything. When several faults match an event, the oldest one applies. Faults affect this process
 * only and are lost at a restart. Thread-safe.
 */
class InjectedFaults implements HandlerCalls.Step {

    /** Maximum number of active faults. */
    static final int MOST = 1_000;

    /** The maximum number of faults for all keys, since each of them counts many keys. */
    static final int MOST_FOR_ALL_KEYS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(InjectedFaults.class);

    private final Supplier<Set<String>> handlers;
    private final Map<UUID, HandlerFault> faults = new LinkedHashMap<>();

    /** @param handlers supplies the names that a fault may give; called only when a fault gives one */
    InjectedFaults(Supplier<Set<String>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.FAULTS;
    }

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
        var failure = failureOf(delivery.handlerName(), delivery.metadata().subject());
        if (failure.isPresent()) {
            throw failure.get();
        }
        next.run();
    }

    /** Returns the exception that the handler throws this time; empty when no fault applies. */
    synchronized Optional<RuntimeException> failureOf(String handler, String key) {
        for (var fault : faults.values()) {
            if (fault.hits(handler, key)) {
                var failure = fault.failure(handler, key);
                if (fault.isOver()) {
                    faults.remove(fault.id());
                }
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** @throws FaultRefusal when the request is contradictory or names no handler of this application, or there are too many faults */
    HandlerFault.Item add(HandlerFaultRequest wanted) {
        check(wanted);
        var fault = new HandlerFault(wanted);
        put(fault);
        var item = fault.toItem();
        LOG.warn(
                "fault=injected id={} handler={} key={} times={}",
                item.id(),
                wanted.handler(),
                LogText.of(wanted.key()),
                wanted.times());
        return item;
    }

    /** Returns the active faults, the oldest first. */
    synchronized List<HandlerFault.Item> list() {
        return faults.values().stream().map(HandlerFault::toItem).toList();
    }

    /** @throws FaultRefusal when no active fault has that id */
    synchronized void clear(UUID id) {
        if (faults.remove(id) == null) {
            throw new FaultRefusal(FaultRefusal.Kind.NOT_FOUND, "unknown_fault", "there is no fault " + id);
        }
    }

    synchronized void clearAll() {
        faults.clear();
    }

    private void check(HandlerFaultRequest wanted) {
        if (wanted.isForAllKeys() != (wanted.share() != null)) {
            throw new FaultRefusal(
                    FaultRefusal.Kind.INVALID, "invalid", "share must be given with the key *, and only with that");
        }
        if (wanted.handler() != null && !handlers.get().contains(wanted.handler())) {
            throw new FaultRefusal(
                    FaultRefusal.Kind.INVALID,
                    "invalid",
                    "handler must be one of " + String.join(", ", handlers.get()));
        }
    }

    private synchronized void put(HandlerFault fault) {
        var forAllKeys =
                faults.values().stream().filter(HandlerFault::isForAllKeys).count();
        if (faults.size() == MOST || fault.isForAllKeys() && forAllKeys == MOST_FOR_ALL_KEYS) {
            throw new FaultRefusal(
                    FaultRefusal.Kind.CONFLICT,
                    "too_many_faults",
                    "there are " + faults.size() + " faults, " + forAllKeys
                            + " of them for all keys; clear some first");
        }
        faults.put(fault.id(), fault);
    }
}
