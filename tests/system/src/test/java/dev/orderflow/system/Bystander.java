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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Well-behaved client with an address of its own, which reads an order ten times a second and places one twice a second: also
 * a busy machine completes as many, so none is refused because others are in flight. An attack may delay its requests by a
 * second, compared with the same requests before the attack: a busy machine alone delays them, too.
 */
final class Bystander implements AutoCloseable {

    private volatile HttpClient http = client();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final URI orders;
    private final String body;
    private final Supplier<Optional<String>> token;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private Duration undisturbed = Duration.ZERO;

    /**
     * Starts to send requests.
     *
     * @param token access token for each of them; empty if the service requires none
     */
    Bystander(URI orders, String body, Supplier<Optional<String>> token) {
        this.orders = orders;
        this.body = body;
        this.token = token;
        clock.scheduleAtFixedRate(this::read, 0, 100, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(this::place, 0, 500, TimeUnit.MILLISECONDS);
    }

    private static HttpClient client() {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .localAddress(InetAddress.getByName("127.0.0.2"))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Closes the connections. While requests were slow, there was one for each of them; afterwards requests use them in turn, so
     * that none becomes idle.
     */
    void reconnect() {
        var former = http;
        http = client();
        former.shutdownNow();
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

    /** Takes the outcomes recorded so far as those without an attack, and returns their 99th percentile. */
    Duration takeUndisturbed() {
        undisturbed = p99(take());
        return undisturbed;
    }

    /** Summarizes the outcomes since the last call; fails unless nearly all requests succeeded in time. */
    String assertServed() {
        var all = take();
        var times = times(all);
        var p99 = p99(all);
        var refused = all.stream().filter(answer -> answer.status() == 429).count();
        var summary = String.format(
                Locale.ROOT,
                "requests=%d refused=%d p50Ms=%d p99Ms=%d maxMs=%d undisturbedP99Ms=%d",
                all.size(),
                refused,
                times.get(times.size() / 2).toMillis(),
                p99.toMillis(),
                times.getLast().toMillis(),
                undisturbed.toMillis());

        assertThat(all).as(summary).extracting(Answer::status).isSubsetOf(200, 201, 429);
        assertThat(refused).as(summary).isLessThanOrEqualTo(all.size() / 20);
        assertThat(p99).as(summary).isLessThanOrEqualTo(undisturbed.plusSeconds(1));
        return summary;
    }

    private List<Answer> take() {
        var all = List.copyOf(answers);
        answers.clear();
        assertThat(all).as("requests of others").isNotEmpty();
        return all;
    }

    private static Duration p99(List<Answer> all) {
        return times(all).get((int) Math.ceil(all.size() * 0.99) - 1);
    }

    private static List<Duration> times(List<Answer> all) {
        return all.stream().map(Answer::took).sorted().toList();
    }

    private void place() {
        send(HttpRequest.newBuilder(orders)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private void read() {
        send(HttpRequest.newBuilder(URI.create(orders + "?limit=1")));
    }

    /** Sends asynchronously, so that slow responses do not reduce the rate of requests. */
    private void send(HttpRequest.Builder request) {
        token.get().ifPresent(value -> request.header("Authorization", "Bearer " + value));
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
