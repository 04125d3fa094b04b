package dev.orderflow.edge.test;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Sends each modifying request with many combinations of {@code Accept} and {@code Content-Type}, and asserts that
 * nothing has changed unless the status is 2xx.
 */
public final class MediaTypeMatrix {

    private static final List<@Nullable String> ACCEPT = Arrays.asList(
            null,
            "*/*",
            "application/json",
            "application/*;q=0.1",
            "application/json;q=0",
            "application/problem+json",
            "application/xml",
            "application/yaml",
            "text/html",
            "text/html, application/json;q=0.5",
            "image/png;q=2",
            "garbage",
            "a/b/c",
            ",;=",
            "application/json; charset=nonsense");

    private static final List<@Nullable String> CONTENT = Arrays.asList(
            "application/json",
            "application/json; charset=UTF-8",
            "application/json; charset=nonsense",
            null,
            "*/*",
            "application/*",
            "application/yaml",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "garbage");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<RequestMappingInfo, HandlerMethod> endpoints;

    /** @param ours package of the tested controllers, including subpackages */
    public MediaTypeMatrix(ApplicationContext context, String ours) {
        this.endpoints = context.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> entry.getValue().getBeanType().getName().startsWith(ours + "."))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A valid request with a JSON body. */
    public record Sample(URI uri, String body) {}

    /**
     * Asserts that each endpoint declares JSON as its response type, and as its request type if it reads a body.
     *
     * @param streams paths of endpoints that answer with server-sent events instead
     */
    public void assertAllSayThatTheySpeakJson(String... streams) {
        assertThat(endpoints.keySet())
                .flatExtracting(RequestMappingInfo::getPatternValues)
                .containsAll(List.of(streams));
        assertThat(endpoints).isNotEmpty().allSatisfy((mapping, method) -> {
            assertThat(mapping.getProducesCondition().getProducibleMediaTypes())
                    .as(method.toString())
                    .containsExactly(responseType(mapping, streams));
            if (Arrays.stream(method.getMethodParameters())
                    .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
                assertThat(mapping.getConsumesCondition().getConsumableMediaTypes())
                        .as(method.toString())
                        .containsExactly(MediaType.APPLICATION_JSON);
            }
        });
    }

    /**
     * @param samples create a request for each modifying endpoint, such as {@code POST /api/orders}
     * @param state   returns all state that the requests can change
     */
    public void assertNothingChangesUnlessCarriedOut(Map<String, Supplier<Sample>> samples, Supplier<String> state) {
        assertThat(changing()).isEqualTo(samples.keySet());
        samples.forEach((endpoint, sample) -> {
            Function<@Nullable String, Stream<Call>> calls =
                    accept -> CONTENT.stream().map(content -> new Call(endpoint, accept, content));
            ACCEPT.stream().flatMap(calls).forEach(call -> {
                var wanted = sample.get();
                var before = state.get();
                var answer = send(call, wanted);
                var carriedOut = answer.statusCode() / 100 == 2;

                assertThat(answer.statusCode()).as(call.toString()).isLessThan(500);
                if (!carriedOut) {
                    assertThat(state.get()).as(call + " " + answer.statusCode()).isEqualTo(before);
                    assertThat(answer.headers().firstValue("Content-Type"))
                            .as(call + " " + answer.statusCode())
                            .contains("application/problem+json");
                }
            });
        });
    }

    private record Call(
            String endpoint,
            @Nullable String accept,
            @Nullable String content) {}

    private static MediaType responseType(RequestMappingInfo mapping, String... streams) {
        return mapping.getPatternValues().stream().anyMatch(Set.of(streams)::contains)
                ? MediaType.TEXT_EVENT_STREAM
                : MediaType.APPLICATION_JSON;
    }

    private Set<String> changing() {
        return endpoints.keySet().stream()
                .flatMap(mapping -> mapping.getMethodsCondition().getMethods().stream()
                        .filter(method -> !Set.of("GET", "HEAD", "OPTIONS").contains(method.name()))
                        .flatMap(method -> mapping.getPatternValues().stream().map(path -> method + " " + path)))
                .collect(toSet());
    }

    private HttpResponse<String> send(Call call, Sample sample) {
        var request = HttpRequest.newBuilder(sample.uri()).timeout(Duration.ofSeconds(30));
        if (call.accept() != null) {
            request.header("Accept", call.accept());
        }
        if (call.content() != null) {
            request.header("Content-Type", call.content());
        }
        request.header("Idempotency-Key", UUID.randomUUID().toString());
        request.method(
                call.endpoint().substring(0, call.endpoint().indexOf(' ')), BodyPublishers.ofString(sample.body()));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
