package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.client.JsonHttp;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.process.Part;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The services and the sandbox, as an operator asks them. Thread-safe. */
public final class Parts implements AutoCloseable {

    private final JsonHttp http;
    private final AdminEndpoints endpoints;

    /** @param timeout how long one that hangs is waited for */
    public Parts(AdminEndpoints endpoints, Duration timeout) {
        this.endpoints = endpoints;
        this.http = new JsonHttp(timeout, Operator.header());
    }

    /** Those that exchange events. */
    public List<PartApi> services() {
        return endpoints.services().keySet().stream().map(this::service).toList();
    }

    public PartApi service(Part part) {
        return new PartApi(part, Objects.requireNonNull(endpoints.services().get(part), part.label()), http);
    }

    public PartApi sandbox() {
        return new PartApi(Part.SANDBOX, endpoints.sandbox(), http);
    }

    /**
     * Asks {@code asked} side by side. One that is away does not keep the others from answering.
     *
     * @throws dev.orderflow.demo.client.RefusedException if one refuses
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
