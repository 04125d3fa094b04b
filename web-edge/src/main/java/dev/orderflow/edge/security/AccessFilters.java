package dev.orderflow.edge.security;

import dev.orderflow.edge.tenant.TenantLimits;
import jakarta.servlet.Filter;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Spring Security's filters, in the order in which a request passes them. No session is ever created, and no rule
 * permits requests of other origins (CORS). There is no filter against forged requests (CSRF), because no cookie
 * authenticates: a browser never adds a token by itself.
 */
final class AccessFilters {

    private AccessFilters() {}

    /** @param limits those of the tenants that send requests */
    static Filter create(HostNames hosts, AccessTokens tokens, OperationAccess access, TenantLimits limits) {
        var problems = new AccessProblems();
        var denials = new ExceptionTranslationFilter(problems, new NullRequestCache());
        denials.setAccessDeniedHandler(problems);
        var requests = new SecurityContextHolderAwareRequestFilter();
        requests.setAuthenticationEntryPoint(problems);
        try {
            requests.afterPropertiesSet();
        } catch (Exception e) {
            throw new IllegalStateException("Spring Security's filter of requests cannot be created", e);
        }
        return new FilterChainProxy(new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                new HostFilter(hosts),
                new AnswerHeaders(access),
                authentication(tokens, problems),
                requests,
                denials,
                new AuthorizationFilter(access),
                new TenantFilter(access, limits),
                new CallerFilter()));
    }

    private static Filter authentication(AccessTokens tokens, AccessProblems problems) {
        var converter = new BearerTokenAuthenticationConverter();
        converter.setBearerTokenResolver(
                request -> BearerHeader.token(Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION))));
        AuthenticationManager verification =
                request -> tokens.verify(((BearerTokenAuthenticationToken) request).getToken());
        var filter = new BearerTokenAuthenticationFilter(verification, converter);
        filter.setAuthenticationEntryPoint(problems);
        filter.setAuthenticationFailureHandler(problems);
        return filter;
    }
}
