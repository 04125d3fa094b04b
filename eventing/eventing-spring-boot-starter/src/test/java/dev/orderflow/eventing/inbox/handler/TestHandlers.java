package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.wire.EventTypeTag;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Handlers without an application context and without guards, for tests of other packages. */
public final class TestHandlers {

    private static final int CONCURRENT_CALLS = 8;

    private TestHandlers() {}

    /** @param handlers a bean with the handlers */
    public static HandlerRegistry registry(Object handlers, String group) {
        return new HandlerRegistry(List.of(handlers), group);
    }

    public static HandlerCalls calls(
            HandlerRegistry registry, JdbcClient jdbc, TransactionOperations transaction, String group) {
        var deadline = new Deadline(Clock.systemUTC());
        var chain = new HandlerChain(List.of(new LogContext(), new FlowContext(), deadline));
        var watch = new HandlingWatch(new Overruns(jdbc, transaction, group), Duration.ofMinutes(1));
        var callOuts = new CallOuts(chain, CallGuards.NONE, CONCURRENT_CALLS, watch, deadline);
        return new HandlerCalls(registry, chain, watch, callOuts, () -> false);
    }

    public static EventTypeTag tag(HandlerRegistry registry) {
        return new EventTypeTag(registry::types);
    }
}
