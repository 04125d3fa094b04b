package dev.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.orderflow.order.admission.OrderAdmission;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ConnectionDrainTests {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void beforeAStopEachRequestIsAnsweredAndItsConnectionCloses() throws Exception {
        var application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.config.name=none",
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "orders.web.drain.time=3s")
                .run();
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + application.getWebServer().getPort() + "/"))
                .build();
        assertThat(get(request).headers().firstValue("connection")).isEmpty();

        // At first on the same connection as before.
        var stopped = CompletableFuture.runAsync(application::close);

        await().atMost(Duration.ofSeconds(2)).until(() -> {
            var answer = get(request);
            assertThat(answer.statusCode()).isEqualTo(204);
            return answer.headers()
                    .firstValue("connection")
                    .filter("close"::equals)
                    .isPresent();
        });
        assertThat(stopped).isNotDone();
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(8));
    }

    @Test
    void theConnectionOfARefusedOrderEndsToo() throws Exception {
        var application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Overloaded.class)
                .properties(
                        "spring.config.name=none",
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "orders.web.drain.time=3s")
                .run();
        var order = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + application.getWebServer().getPort() + "/api/orders"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(get(order).headers().firstValue("connection")).isEmpty();

        var stopped = CompletableFuture.runAsync(application::close);

        await().atMost(Duration.ofSeconds(2)).until(() -> {
            var answer = get(order);
            assertThat(answer.statusCode()).isEqualTo(429);
            return answer.headers()
                    .firstValue("connection")
                    .filter("close"::equals)
                    .isPresent();
        });
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(8));
    }

    private HttpResponse<Void> get(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @Import({ConnectionDrain.class, Resource.class})
    static class Application {}

    @Import({Application.class, AdmissionFilter.class})
    static class Overloaded {

        @Bean
        OrderAdmission admission() {
            var admission = mock(OrderAdmission.class);
            given(admission.refuses()).willReturn(true);
            given(admission.retryAfter()).willReturn(Duration.ofSeconds(2));
            return admission;
        }
    }

    @RestController
    static class Resource {

        @GetMapping("/")
        ResponseEntity<Void> get() {
            return ResponseEntity.noContent().build();
        }
    }
}
