package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Well-behaved client with an address of its own, which places one order and reads one ten times a second. */
final class Bystander implements AutoCloseable {

    private final HttpClient http;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final URI orders;
    private final String body;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();

    Bystander(URI orders, String body) {
        try {
            this.http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .localAddress(InetAddress.getByName("127.0.0.2"))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.orders = orders;
        this.body = body;
        clock.scheduleAtFixedRate(this::place, 0, 100, TimeUnit.MILLISECONDS);
    }

    /**
     * Outcome of one request.
     *
     * @param status 0 if there was no response
     */
    private record Answer(int status, Duration took) {}

    /** Discards the outcomes recorded so far. */
    void forget() {
        answers.clear();
    }

    /** Summarizes the outcomes since the last call; fails unless nearly all requests succeeded in time. */
    String assertServed() {
        var all = List.copyOf(answers);
        answers.clear();
        assertThat(all).as("requests of others").isNotEmpty();
        var times = all.stream().map(Answer::took).sorted().toList();
        var p99 = times.get((int) Math.ceil(times.size() * 0.99) - 1);
        var refused = all.stream().filter(answer -> answer.status() == 429).count();
        var summary = String.format(
                Locale.ROOT,
                "requests=%d refused=%d p50Ms=%d p99Ms=%d maxMs=%d",
                all.size(),
                refused,
                times.get(times.size() / 2).toMillis(),
                p99.toMillis(),
                times.getLast().toMillis());

        assertThat(all).as(summary).extracting(Answer::status).isSubsetOf(200, 201, 429);
        assertThat(refused).as(summary).isLessThanOrEqualTo(all.size() / 20);
        assertThat(p99).as(summary).isLessThanOrEqualTo(Duration.ofSeconds(1));
        return summary;
    }

    private void place() {
        send(HttpRequest.newBuilder(orders)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        send(HttpRequest.newBuilder(URI.create(orders + "?limit=1")));
    }

    /** Sends asynchronously, so that slow responses do not reduce the rate of requests. */
    private void send(HttpRequest.Builder request) {
        var begin = System.nanoTime();
        http.sendAsync(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.discarding())
                .handle((answer, failure) -> answers.add(new Answer(
                        failure == null ? answer.statusCode() : 0, Duration.ofNanos(System.nanoTime() - begin))));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.shutdownNow();
    }
}
