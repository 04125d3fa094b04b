package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.client.JsonHttp;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The services and the sandbox, addressed by an operator. Thread-safe. */
public final class Parts implements AutoCloseable {

    private final JsonHttp http;
    private final JsonHttp asOperator;
    private final AdminEndpoints endpoints;

    /**
     * Creates clients of all parts.
     *
     * @param timeout for a part that hangs
     */
    public Parts(AdminEndpoints endpoints, Duration timeout) {
        this.endpoints = endpoints;
        this.http = new JsonHttp(timeout, Operator.header());
        this.asOperator = http.as(new Credentials(Tokens.from(endpoints.issuer()), Role.OPERATOR));
    }

    /** {@return the parts that exchange events} */
    public List<PartApi> services() {
        return endpoints.services().keySet().stream().map(this::service).toList();
    }

    public PartApi service(Part part) {
        return new PartApi(part, Objects.requireNonNull(endpoints.services().get(part), part.label()), asOperator);
    }

    public PartApi sandbox() {
        return new PartApi(Part.SANDBOX, endpoints.sandbox(), http);
    }

    /**
     * Sends a request to the {@code asked} parts concurrently. An unavailable part does not affect the others.
     *
     * @throws dev.orderflow.demo.client.RefusedException if one rejects it
     */
    public static <T> Answers<T> ask(Collection<PartApi> asked, Function<PartApi, T> question) {
        var answers = new Answers<T>(new EnumMap<>(Part.class), new EnumMap<>(Part.class));
        var futures = new EnumMap<Part, Future<T>>(Part.class);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            asked.forEach(api -> futures.put(api.part(), threads.submit(() -> question.apply(api))));
        }
        futures.forEach((part, future) -> collect(part, future, answers));
        return answers;
    }

    @Override
    public void close() {
        http.close();
    }

    private static <T> void collect(Part part, Future<T> future, Answers<T> answers) {
        if (future.state() == Future.State.SUCCESS) {
            answers.byPart().put(part, future.resultNow());
            return;
        }
        switch (future.exceptionNow()) {
            case ShopAwayException away -> answers.away().put(part, String.valueOf(away.getMessage()));
            case RuntimeException failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException(failure);
        }
    }
}
