package dev.orderflow.edge.security;

import dev.orderflow.edge.problem.ProblemErrorValve;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Adds the headers by which browsers and caches keep answers to their readers. */
final class AnswerHeaders extends OncePerRequestFilter {

    /** SHA-256 of the only script in the page of the API; a test compares it with the page. */
    static final String PAGE_SCRIPT = "sha256-nTFBBFFSm5NcXEFZKAun+mgmSpo4Dgm+PIsrchfP+ME=";

    private static final String PAGE = "/swagger-ui.html";

    private static final Map<String, String> ALWAYS =
            Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY");

    private static final String POLICY = "Content-Security-Policy";
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    /** The page loads its scripts and styles from here, and sends the requests that its reader tries. */
    private static final String OF_PAGE = "default-src 'none'; script-src 'self' '" + PAGE_SCRIPT
            + "'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private final OperationAccess access;

    AnswerHeaders(OperationAccess access) {
        this.access = access;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var headers = new LinkedHashMap<>(ALWAYS);
        headers.put(POLICY, request.getRequestURI().equals(PAGE) ? OF_PAGE : NOTHING);
        if (!access.isPublic(request)) {
            headers.put(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        headers.forEach(response::setHeader);
        alsoWithErrors(request, headers);
        chain.doFilter(request, response);
    }

    /** Tomcat removes all headers when a filter fails. */
    private static void alsoWithErrors(HttpServletRequest request, Map<String, String> headers) {
        var all = new LinkedHashMap<Object, Object>(headers);
        if (request.getAttribute(ProblemErrorValve.HEADERS) instanceof Map<?, ?> context) {
            all.putAll(context);
        }
        request.setAttribute(ProblemErrorValve.HEADERS, all);
    }
}
