package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.wire.EventTypeTag;
import jakarta.validation.Validation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.support.TransactionOperations;

/** Handlers and the chain around them without a database. This package gives access to them. */
public final class BenchmarkHandlers {

    private final HandlerRegistry registry;
    private final Deadline deadline = new Deadline(Clock.systemUTC());
    private final HandlerChain chain = new HandlerChain(List.of(
            new LogContext(),
            new FlowContext(),
            deadline,
            new EventValidation(Validation.buildDefaultValidatorFactory().getValidator())));

    /** @param handlers a bean with the handlers */
    public BenchmarkHandlers(Object handlers) {
        this.registry = new HandlerRegistry(List.of(handlers), "bench");
    }

    public HandlerRegistry registry() {
        return registry;
    }

    public EventTypeTag tag() {
        return new EventTypeTag(registry::types);
    }

    public HandlerCalls calls() {
        var watch = new HandlingWatch(
                new Overruns(
                        JdbcClient.create(new SimpleDriverDataSource()),
                        TransactionOperations.withoutTransaction(),
                        "bench"),
                Duration.ofMinutes(1));
        return new HandlerCalls(
                registry, chain, watch, new CallOuts(chain, CallGuards.NONE, 1, watch, deadline), () -> false);
    }

    /** Passes an event through the chain alone. */
    public <C extends HandlerCalls.Call> void run(C event, Consumer<C> handling) {
        chain.run(event, handling);
    }
}
