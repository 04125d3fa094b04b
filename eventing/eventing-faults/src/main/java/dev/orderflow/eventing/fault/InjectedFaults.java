package dev.orderflow.eventing.fault;

import dev.orderflow.eventing.inbox.HandlerChain;
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
 * Lets handlers fail before they do anything. Of several faults that hit an event the oldest does. They are in this process
 * alone, and a restart forgets them. Thread-safe.
 */
class InjectedFaults implements HandlerChain.Step {

    static final int MOST = 1_000;

    /** Each keeps count of many keys. */
    static final int MOST_FOR_ALL_KEYS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(InjectedFaults.class);

    private final Supplier<Set<String>> handlers;
    private final Map<UUID, HandlerFault> faults = new LinkedHashMap<>();

    /** @param handlers the names that a fault may give; only asked when one does */
    InjectedFaults(Supplier<Set<String>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public void around(HandlerChain.Call delivery, Runnable next) {
        var failure = failureOf(delivery.handlerName(), delivery.metadata().subject());
        if (failure.isPresent()) {
            throw failure.get();
        }
        next.run();
    }

    /** How the handler is to fail this time, if it is. */
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

    /** @throws FaultRefusal when that is contradictory, names no handler of this application, or there are too many already */
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

    /** The oldest first. */
    synchronized List<HandlerFault.Item> list() {
        return faults.values().stream().map(HandlerFault::toItem).toList();
    }

    /** @throws FaultRefusal when there is none with that id, or no longer */
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
