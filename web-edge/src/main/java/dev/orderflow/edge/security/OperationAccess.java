package dev.orderflow.edge.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Decides which requests are permitted. Whatever no rule mentions is refused. */
final class OperationAccess implements AuthorizationManager<HttpServletRequest> {

    private static final String OPERATOR = "operator";

    /** Documents and probes, which are the same for everybody. */
    private static final List<String> PUBLIC = List.of(
            "/v3/api-docs",
            "/swagger-ui.html",
            "/webjars/**",
            "/schemas/{type}",
            "/asyncapi",
            "/readyz",
            "/actuator/health/liveness",
            "/actuator/health/readiness");

    private static final String METRICS = "/actuator/prometheus";

    private final List<RequestMatcher> open;
    private final List<Rule> rules;

    private OperationAccess(Stream<String> open, List<Rule> rules) {
        this.open = open.<RequestMatcher>map(path -> pathPattern(path)).toList();
        this.rules = rules;
    }

    /** @param method null for all */
    private record Rule(@Nullable HttpMethod method, RequestMatcher path, Set<String> anyOf) {

        boolean matches(HttpServletRequest request) {
            return (method == null || method.equals(methodOf(request))) && path.matches(request);
        }
    }

    /** A refusal, and the scopes of which one would have been needed; empty if none would do. */
    record Denied(Set<String> anyOf) implements AuthorizationResult {

        @Override
        public boolean isGranted() {
            return false;
        }
    }

    private record Granted() implements AuthorizationResult {

        @Override
        public boolean isGranted() {
            return true;
        }
    }

    /** Creates the rules of the service's own port. */
    static OperationAccess ofService(AccessRules rules) {
        return new OperationAccess(
                PUBLIC.stream(),
                rules.operations().stream()
                        .map(each -> new Rule(each.method(), pathPattern(each.path()), each.anyOf()))
                        .toList());
    }

    /** Creates the rules of the management port, which are the same in all services. */
    static OperationAccess ofManagement(boolean openMetrics) {
        return new OperationAccess(
                openMetrics ? Stream.concat(PUBLIC.stream(), Stream.of(METRICS)) : PUBLIC.stream(),
                List.of(
                        new Rule(HttpMethod.GET, pathPattern("/admin/audit/**"), Set.of("audit:read", OPERATOR)),
                        new Rule(null, pathPattern("/admin/**"), Set.of(OPERATOR)),
                        new Rule(null, pathPattern("/actuator/**"), Set.of(OPERATOR))));
    }

    /** Returns whether everybody may send this request. */
    boolean isPublic(HttpServletRequest request) {
        return methodOf(request).equals(HttpMethod.GET) && open.stream().anyMatch(path -> path.matches(request));
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, HttpServletRequest request) {
        if (isPublic(request)) {
            return new Granted();
        }
        // Without a token this ends in 401, whether or not there is such an operation.
        if (!(authentication.get() instanceof CallerAuthentication verified)) {
            return new Denied(Set.of());
        }
        return rules.stream()
                .filter(rule -> rule.matches(request))
                .findFirst()
                .map(rule -> decide(rule, verified.caller()))
                .orElseGet(() -> new Denied(Set.of()));
    }

    private static AuthorizationResult decide(Rule rule, Caller caller) {
        return rule.anyOf().isEmpty() || !Collections.disjoint(rule.anyOf(), caller.scopes())
                ? new Granted()
                : new Denied(rule.anyOf());
    }

    /** Returns the method whose rule applies: {@code HEAD} shows no more than {@code GET}. */
    private static HttpMethod methodOf(HttpServletRequest request) {
        var method = HttpMethod.valueOf(request.getMethod());
        return method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    }
}
