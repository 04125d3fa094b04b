package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls each operation of a service's committed OpenAPI document with each kind of credentials. The expected answers
 * follow from the scopes that the service declares; an operation without a declaration fails the test.
 */
public final class AccessMatrix {

    private static final Logger LOG = LoggerFactory.getLogger(AccessMatrix.class);

    private static final Set<String> SCOPES = Set.of(
            "orders:write",
            "orders:read",
            "orders:tenant",
            "catalog:write",
            "stock:write",
            "promotions:write",
            "customers:erase",
            "addresses:read",
            "operator",
            "audit:read");

    /** Operations for everybody. */
    private static final Set<String> PUBLIC = Set.of("GET /schemas/{type}");

    private static final Map<String, String> PARAMETERS = Map.of(
            "{id}",
            UUID.randomUUID().toString(),
            "{orderId}",
            UUID.randomUUID().toString(),
            "{customerId}",
            "customer-1",
            "{reference}",
            "~" + UUID.randomUUID(),
            "{sku}",
            "LAMP",
            "{type}",
            "dev.orderflow.order.placed.v1");

    private final MockMvcTester http;
    private final TokenIssuer issuer;
    private final TokenIssuer stranger = TokenIssuer.start();
    private final BiFunction<HttpMethod, String, Optional<Set<String>>> scopes;
    private final BiPredicate<HttpMethod, String> platformOnly;
    private final List<String> wrong = new ArrayList<>();
    private int requests;

    /**
     * @param scopes       returns the scopes of which an operation requires one; empty if it is not declared
     * @param platformOnly returns whether only callers of the tenant {@code demo}, the platform's, may use an operation
     */
    public AccessMatrix(
            MockMvcTester http,
            TokenIssuer issuer,
            BiFunction<HttpMethod, String, Optional<Set<String>>> scopes,
            BiPredicate<HttpMethod, String> platformOnly) {
        this.http = http;
        this.issuer = issuer;
        this.scopes = scopes;
        this.platformOnly = platformOnly;
    }

    private record Call(HttpMethod method, String path) {

        String name() {
            return method + " " + path;
        }
    }

    /** @param service its folder in the repository */
    public void assertComplete(String service) {
        var calls = calls(service);
        calls.forEach(this::check);
        stranger.close();
        LOG.info("access matrix service={} operations={} requests={}", service, calls.size(), requests);
        assertThat(wrong).isEmpty();
        assertThat(calls).isNotEmpty();
        assertThat(requests).isGreaterThanOrEqualTo(calls.size());
    }

    private void check(Call call) {
        if (PUBLIC.contains(call.name())) {
            expect(call, "nobody", null, false, 401, 403);
            return;
        }
        var declared = scopes.apply(call.method(), call.path());
        if (declared.isEmpty()) {
            wrong.add(call.name() + " is not declared: which scopes does it require?");
            return;
        }
        invalid().forEach((who, token) -> expect(call, who, token, true, 401));
        var anyOf = declared.get();
        var others = SCOPES.stream().filter(scope -> !anyOf.contains(scope)).collect(Collectors.joining(" "));
        if (!anyOf.isEmpty()) {
            expect(
                    call,
                    "a caller with all other scopes",
                    issuer.token().scopes(others).signed(),
                    true,
                    403);
            expect(
                    call,
                    "a caller without scopes",
                    issuer.token().claim("scope", null).signed(),
                    true,
                    403);
        }
        for (var scope : anyOf.isEmpty() ? Set.of("none") : anyOf) {
            expect(call, "a caller with " + scope, issuer.token().scopes(scope).signed(), false, 401, 403);
            checkOtherTenant(call, scope);
        }
    }

    /** Expects the same role of another tenant to be refused what is the platform's, and admitted to the rest. */
    private void checkOtherTenant(Call call, String scope) {
        var role = issuer.token().tenant("other").subject("customer-3").scopes(scope);
        if (platformOnly.test(call.method(), call.path())) {
            expect(call, "a caller of another tenant with " + scope, role.signed(), true, 403);
        } else {
            expect(call, "a caller of another tenant with " + scope, role.signed(), false, 401, 403);
        }
    }

    /** Returns tokens that nobody may use, which have all scopes. */
    private Map<String, @Nullable String> invalid() {
        var token = issuer.token().scopes(String.join(" ", SCOPES));
        var tokens = new LinkedHashMap<String, @Nullable String>();
        tokens.put("nobody", null);
        tokens.put("an expired token", token.expiringIn(Duration.ofMinutes(-1)).signed());
        tokens.put("another issuer's token", token.claim("iss", stranger.uri()).signed());
        tokens.put(
                "another issuer's key",
                stranger.token().claim("iss", issuer.uri()).signed());
        tokens.put("another audience", token.claim("aud", "other").signed());
        tokens.put("no tenant", token.claim("tenant", null).signed());
        tokens.put("alg none", token.unsigned());
        tokens.put("HS256 with the public key", token.signedWithPublicKey());
        tokens.put("a tampered payload", token.tampered());
        return tokens;
    }

    /** @param so whether the status must be one of {@code statuses}, or none of them */
    private void expect(Call call, String who, @Nullable String token, boolean so, int... statuses) {
        requests++;
        var request = http.method(call.method())
                .uri(uri(call.path()))
                .contentType(MediaType.APPLICATION_JSON)
                .content(call.method().equals(HttpMethod.GET) ? "" : "{}");
        var answer = (token == null ? request : request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token))
                .exchange()
                .getResponse();
        var status = answer.getStatus();
        if (Arrays.stream(statuses).anyMatch(one -> one == status) != so) {
            wrong.add(call.name() + " by " + who + " is answered " + status);
        }
        if (status == 401 && answer.getHeader(HttpHeaders.WWW_AUTHENTICATE) == null) {
            wrong.add(call.name() + " by " + who + " is refused without WWW-Authenticate");
        }
    }

    private static String uri(String path) {
        var uri = path;
        for (var parameter : PARAMETERS.entrySet()) {
            uri = uri.replace(parameter.getKey(), parameter.getValue());
        }
        return uri;
    }

    private static List<Call> calls(String service) {
        try {
            var text = Files.readString(Path.of("../docs/openapi", service + ".json"), UTF_8);
            return JsonMapper.shared()
                    .readTree(text)
                    .get("paths")
                    .propertyStream()
                    .flatMap(path -> path.getValue()
                            .propertyStream()
                            .flatMap(operation -> method(operation.getKey()))
                            .map(method -> new Call(method, path.getKey())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<HttpMethod> method(String key) {
        return Set.of("get", "put", "post", "delete", "patch", "head", "options")
                        .contains(key)
                ? Stream.of(HttpMethod.valueOf(key.toUpperCase(Locale.ROOT)))
                : Stream.empty();
    }
}
