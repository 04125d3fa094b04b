package dev.orderflow.edge;

import dev.orderflow.edge.connection.GuardedHttp11Protocol;
import dev.orderflow.eventing.EventContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A small service behind the edge, with a single turn and few connections. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class EdgeServer {

    static final String SMALL = "edge.requests.concurrent=1";

    @Bean
    Probe probe(ServletWebServerApplicationContext context, Things things) {
        return new Probe(context, things);
    }

    /** A resource without a controller, such as a file. Larger than a socket's buffers. */
    @Bean("/files/large")
    HttpRequestHandler largeFile() {
        var content = new byte[5_000_000];
        return (request, response) -> response.getOutputStream().write(content);
    }

    /** Fails outside of any controller. */
    @Bean
    Filter brokenFilter() {
        return (request, response, chain) -> {
            if (((HttpServletRequest) request).getRequestURI().equals("/files/broken")) {
                throw new IllegalStateException("a filter's mistake");
            }
            chain.doFilter(request, response);
        };
    }

    record Thing(String text) {}

    @RestController
    @RequestMapping(path = "/things", produces = MediaType.APPLICATION_JSON_VALUE)
    static class Things {

        private final AtomicInteger added = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final Semaphore door = new Semaphore(0);

        @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
        Thing add(@RequestBody Thing thing) {
            added.incrementAndGet();
            return thing;
        }

        @GetMapping
        Thing get(@RequestParam(defaultValue = "none") String text) {
            return new Thing(text);
        }

        /** A response larger than a socket's buffers. */
        @GetMapping("/large")
        List<Thing> large() {
            return Stream.generate(() -> new Thing("x".repeat(1000)))
                    .limit(12_000)
                    .toList();
        }

        /** Blocks until the test releases it. */
        @GetMapping("/slow")
        Thing slow() throws InterruptedException {
            inside.incrementAndGet();
            door.acquire();
            return new Thing("slow");
        }

        @GetMapping("/context")
        Thing context() {
            return new Thing(EventContext.current() + " " + MDC.getCopyOfContextMap());
        }

        @GetMapping("/client")
        Thing client(HttpServletRequest request) {
            return new Thing(request.getRemoteAddr());
        }

        /** Fails like a database that ends a connection during a commit. */
        @GetMapping("/outage")
        Thing outage() {
            throw new UncategorizedDataAccessException(
                    "could not commit", new SQLException("terminating connection", "57P01")) {};
        }

        @GetMapping("/mistake")
        Thing mistake() {
            throw new IllegalStateException("secret");
        }

        int added() {
            return added.get();
        }

        int inside() {
            return inside.get();
        }

        void let(int requests) {
            door.release(requests);
        }
    }

    /** A well-behaved client, and access to the server's metrics. */
    static class Probe implements AutoCloseable {

        private static final Duration SOON = Duration.ofSeconds(1);

        private final ServletWebServerApplicationContext context;
        private final Things things;
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        Probe(ServletWebServerApplicationContext context, Things things) {
            this.context = context;
            this.things = things;
        }

        int port() {
            return Objects.requireNonNull(context.getWebServer()).getPort();
        }

        Things things() {
            return things;
        }

        /** Fails unless the answer comes within a second. */
        int get(String path) {
            return send(HttpRequest.newBuilder(uri(path)), SOON).statusCode();
        }

        /** Fails unless the answer comes within a second. */
        int post(String body, String... headers) {
            var request = HttpRequest.newBuilder(uri("/things")).POST(HttpRequest.BodyPublishers.ofString(body));
            return send(headers.length == 0 ? request : request.headers(headers), SOON)
                    .statusCode();
        }

        HttpResponse<String> send(HttpRequest.Builder request) {
            return send(request, Duration.ofSeconds(30));
        }

        private HttpResponse<String> send(HttpRequest.Builder request, Duration timeout) {
            try {
                return http.send(request.timeout(timeout).build(), BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        URI uri(String path) {
            return URI.create("http://127.0.0.1:" + port() + path);
        }

        GuardedHttp11Protocol connections() {
            var server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
            return (GuardedHttp11Protocol) server.getTomcat().getConnector().getProtocolHandler();
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
