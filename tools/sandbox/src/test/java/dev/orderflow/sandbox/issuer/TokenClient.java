package dev.orderflow.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orderflow.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Client of an issuer over HTTP. */
record TokenClient(String url) {

    TokenClient(Sandbox sandbox) {
        this(sandbox.url());
    }

    HttpResponse<String> request(String client, String secret, String form) {
        var credentials = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
        return send(post(form).header("Authorization", "Basic " + credentials));
    }

    HttpResponse<String> requestWithoutSecret(String form) {
        return send(post(form));
    }

    /** Returns the whole response to a valid request. */
    JsonNode granted(String client) {
        return JsonMapper.shared()
                .readTree(request(client, client + "-secret", "grant_type=client_credentials")
                        .body());
    }

    SignedJWT token(String client) {
        try {
            return SignedJWT.parse(granted(client).path("access_token").asString());
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    JWKSet publishedKeys() {
        try {
            return JWKSet.parse(get("/oauth2/jwks").body());
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    HttpRequest.Builder post(String form) {
        return HttpRequest.newBuilder(URI.create(url + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
