package dev.orderflow.edge.security;

import dev.orderflow.edge.test.TokenIssuer;
import dev.orderflow.eventing.EventContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A small service that requires tokens, if it is started with an issuer. */
final class SecuredServer implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SecuredServer(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    static SecuredServer of(TokenIssuer issuer, String... more) {
        return start(
                Stream.concat(Stream.of(issuer.properties()), Stream.of(more)).toArray(String[]::new));
    }

    static SecuredServer start(String... properties) {
        var application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.config.name=none",
                        "spring.application.name=sample",
                        "springdoc.api-docs.enabled=false",
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "management.server.port=0",
                        "management.server.address=127.0.0.1",
                        "management.endpoints.web.exposure.include=*")
                .properties(properties);
        return new SecuredServer((ServletWebServerApplicationContext) application.run());
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    ServletWebServerApplicationContext context() {
        return context;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(port(), path, request -> request.GET(), headers);
    }

    HttpResponse<String> manage(String path, String... headers) {
        return send(managementPort(), path, request -> request.GET(), headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(port(), path, request -> request.POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    HttpResponse<String> put(String path, String body, String... headers) {
        return send(port(), path, request -> request.PUT(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    /** Returns the status of a request for the subject of this token. */
    int statusFor(String token) {
        return get("/api/me", "Authorization", "Bearer " + token).statusCode();
    }

    private HttpResponse<String> send(
            int port, String path, UnaryOperator<HttpRequest.Builder> method, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        try {
            var ready = headers.length == 0 ? request : request.headers(headers);
            return http.send(method.apply(ready).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        AccessRules rules() {
            return AccessRules.builder()
                    .operation(HttpMethod.GET, "/api/me")
                    .operation(HttpMethod.POST, "/api/things", "things:write", "things:admin")
                    .platformOperation(HttpMethod.PUT, "/api/things", "things:write")
                    .build();
        }

        @Bean
        Things things(AccessControl access) {
            return new Things(access);
        }
    }

    @RestController
    static class Things {

        private final AccessControl access;

        Things(AccessControl access) {
            this.access = access;
        }

        @GetMapping("/api/me")
        String me(HttpServletRequest request) {
            var caller = access.caller();
            return caller.subject() + " of " + caller.tenant() + ", events of "
                    + EventContext.current().tenantId() + ", audited as "
                    + (request.getUserPrincipal() == null
                            ? "nobody"
                            : request.getUserPrincipal().getName());
        }

        @PostMapping("/api/things")
        String add(@RequestBody String thing) {
            return thing;
        }

        @PutMapping("/api/things")
        String share(@RequestBody String thing) {
            return thing;
        }

        @GetMapping("/api/undeclared")
        String undeclared() {
            return "open";
        }
    }
}
