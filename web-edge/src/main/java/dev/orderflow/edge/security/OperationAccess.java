package dev.orderflow.edge.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import dev.orderflow.edge.security.AccessRules.Reach;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    private final Predicate<Caller> isOfPlatform;

    private OperationAccess(Stream<String> open, List<Rule> rules, Predicate<Caller> isOfPlatform) {
        this.open = open.<RequestMatcher>map(path -> pathPattern(path)).toList();
        this.rules = rules;
        this.isOfPlatform = isOfPlatform;
    }

    /** @param method null for all */
    private record Rule(
            @Nullable HttpMethod method, RequestMatcher path, Set<String> anyOf, Reach reach, boolean changes) {

        /** Creates a rule of the management port, where no tenant is refused because it is switched off. */
        private static Rule ofManagement(@Nullable HttpMethod method, String path, String... anyOf) {
            return new Rule(method, pathPattern(path), Set.of(anyOf), Reach.PLATFORM, false);
        }

        boolean matches(HttpServletRequest request) {
            return (method == null || method.equals(methodOf(request))) && path.matches(request);
        }
    }

    /**
     * A refusal.
     *
     * @param anyOf the scopes of which one would have been needed; empty if none would do
     * @param reach PLATFORM if the scope was there, and the tenant was not the platform's
     */
    record Denied(Set<String> anyOf, Reach reach) implements AuthorizationResult {

        private static final Denied CLOSED = new Denied(Set.of(), Reach.OWN_TENANT);

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
    static OperationAccess ofService(AccessRules rules, Predicate<Caller> isOfPlatform) {
        return new OperationAccess(
                PUBLIC.stream(),
                rules.operations().stream()
                        .map(each -> new Rule(
                                each.method(), pathPattern(each.path()), each.anyOf(), each.reach(), each.changes()))
                        .toList(),
                isOfPlatform);
    }

    /** Creates the rules of the management port, which are the same in all services: all of it spans tenants. */
    static OperationAccess ofManagement(boolean openMetrics, Predicate<Caller> isOfPlatform) {
        return new OperationAccess(
                openMetrics ? Stream.concat(PUBLIC.stream(), Stream.of(METRICS)) : PUBLIC.stream(),
                List.of(
                        Rule.ofManagement(HttpMethod.GET, "/admin/audit/**", "audit:read", OPERATOR),
                        Rule.ofManagement(null, "/admin/**", OPERATOR),
                        Rule.ofManagement(null, "/actuator/**", OPERATOR)),
                isOfPlatform);
    }

    /** Returns whether everybody may send this request. */
    boolean isPublic(HttpServletRequest request) {
        return methodOf(request).equals(HttpMethod.GET) && open.stream().anyMatch(path -> path.matches(request));
    }

    /** Returns whether a permitted request is refused while its tenant is switched off. */
    boolean changes(HttpServletRequest request) {
        return !isPublic(request) && rule(request).map(Rule::changes).orElse(true);
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, HttpServletRequest request) {
        if (isPublic(request)) {
            return new Granted();
        }
        // Without a token this ends in 401, whether or not there is such an operation.
        if (!(authentication.get() instanceof CallerAuthentication verified)) {
            return Denied.CLOSED;
        }
        return rule(request).map(rule -> decide(rule, verified.caller())).orElse(Denied.CLOSED);
    }

    private Optional<Rule> rule(HttpServletRequest request) {
        return rules.stream().filter(rule -> rule.matches(request)).findFirst();
    }

    private AuthorizationResult decide(Rule rule, Caller caller) {
        if (!rule.anyOf().isEmpty() && Collections.disjoint(rule.anyOf(), caller.scopes())) {
            return new Denied(rule.anyOf(), Reach.OWN_TENANT);
        }
        return rule.reach() == Reach.PLATFORM && !isOfPlatform.test(caller)
                ? new Denied(Set.of(), Reach.PLATFORM)
                : new Granted();
    }

    /** Returns the method whose rule applies: {@code HEAD} shows no more than {@code GET}. */
    private static HttpMethod methodOf(HttpServletRequest request) {
        var method = HttpMethod.valueOf(request.getMethod());
        return method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    }
}
