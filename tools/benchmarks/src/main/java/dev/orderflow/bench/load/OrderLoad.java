package dev.orderflow.bench.load;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.token.Tokens;
import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.config.SessionLimitPolicy;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.statistics.HttpStats;
import io.hyperfoil.http.steps.HttpStepCatalog;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Places orders over HTTP with <a href="https://hyperfoil.io">Hyperfoil</a>, from one thread, since it shares the
 * machine with the measured service.
 */
public final class OrderLoad {

    /** Maximum number of requests in progress, so that a stalled service is not flooded. */
    private static final int MOST_CONNECTIONS = 512;

    private static final int TOO_MANY_REQUESTS = 429;

    private final URI orders;
    private final Tokens tokens;
    private final Map<String, String> headers;
    private final List<byte[]> bodies;

    /**
     * Creates the load of a suite's customers.
     *
     * @param suite whose order-service gets the orders, with access tokens if it requires them
     */
    public OrderLoad(Addresses suite) {
        this(suite.uri(Part.ORDER), Tokens.from(suite.issuer()), Map.of(), OrderBodies.create());
    }

    private OrderLoad(URI orders, Tokens tokens, Map<String, String> headers, List<byte[]> bodies) {
        this.orders = orders;
        this.tokens = tokens;
        this.headers = headers;
        this.bodies = bodies;
    }

    /** Returns the load of customers each of whom orders one unit of one of these products. */
    public OrderLoad of(List<String> skus) {
        return new OrderLoad(orders, tokens, headers, OrderBodies.of(skus));
    }

    /** Returns the same load, all of whose requests have a header. */
    public OrderLoad with(String header, String value) {
        return new OrderLoad(orders, tokens, Map.of(header, value), bodies);
    }

    /**
     * Runs a closed model: each of {@code customers} sends an order when the previous one has its response. It finds
     * the maximum throughput.
     */
    public LoadResult closed(int customers, Duration duration) {
        var benchmark = benchmark(customers);
        return run(benchmark, benchmark.addPhase("closed").always(customers), duration, 0);
    }

    /**
     * Runs an open model: orders are sent when they are due, whatever the state of the previous ones, so that a pause
     * of the service affects all orders that fall into it. It finds the latency.
     */
    public LoadResult constantRate(int perSecond, Duration duration) {
        var benchmark = benchmark(MOST_CONNECTIONS);
        var phase = benchmark
                .addPhase("open")
                .constantRate(0)
                .usersPerSec(perSecond)
                .variance(false)
                .maxSessions(MOST_CONNECTIONS)
                .sessionLimitPolicy(SessionLimitPolicy.CONTINUE);
        return run(benchmark, phase, duration, perSecond * duration.toSeconds());
    }

    private BenchmarkBuilder benchmark(int connections) {
        var benchmark = BenchmarkBuilder.builder().name("orders").threads(1);
        benchmark
                .addPlugin(HttpPluginBuilder::new)
                .http()
                .protocol(Protocol.HTTP)
                .host(orders.getHost())
                .port(orders.getPort())
                .allowHttp2(false)
                .sharedConnections(connections);
        return benchmark;
    }

    private LoadResult run(BenchmarkBuilder benchmark, PhaseBuilder<?> phase, Duration duration, long due) {
        try (var token = new FreshToken(tokens)) {
            return run(benchmark, phase, duration, due, token);
        }
    }

    private LoadResult run(
            BenchmarkBuilder benchmark, PhaseBuilder<?> phase, Duration duration, long due, FreshToken token) {
        var refused = new LongAdder();
        var placing = phase.duration(duration.toMillis())
                .scenario()
                .initialSequence("place")
                .step(HttpStepCatalog.SC)
                .httpRequest(HttpMethod.POST)
                .path("/api/orders");
        var requestHeaders = placing.headers().header("content-type", "application/json");
        headers.forEach((name, value) -> requestHeaders.header(name, value));
        requestHeaders
                .endHeaders()
                .headerAppender((session, request) ->
                        token.header().ifPresent(value -> request.putHeader("authorization", value)))
                .body((session, connection) -> Unpooled.wrappedBuffer(
                        bodies.get(ThreadLocalRandom.current().nextInt(bodies.size()))))
                // Otherwise Hyperfoil logs each refusal, which costs more than the refusal.
                .handler()
                .autoRangeCheck(false)
                .status((request, status) -> {
                    if (status == TOO_MANY_REQUESTS) {
                        refused.increment();
                    }
                });
        var total = new StatisticsSnapshot();
        new LocalSimulationRunner(
                        benchmark.build(),
                        (phases, step, metric, snapshot, countDown) -> total.add(snapshot),
                        null,
                        null)
                .run();
        var statuses = HttpStats.get(total);
        var others =
                statuses.status_3xx + statuses.status_4xx + statuses.status_5xx + statuses.status_other - refused.sum();
        return new LoadResult(
                statuses.status_2xx,
                refused.sum(),
                others,
                total.requestCount - statuses.status_2xx - refused.sum() - others,
                Math.max(0, due - total.requestCount),
                Duration.ofMillis(Math.max(1, total.histogram.getEndTimeStamp() - total.histogram.getStartTimeStamp())),
                total.histogram.copy());
    }
}
