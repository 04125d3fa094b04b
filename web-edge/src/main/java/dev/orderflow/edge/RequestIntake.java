package dev.orderflow.edge;

import dev.orderflow.edge.connection.ClientConnections;
import dev.orderflow.edge.problem.ProblemJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Receives requests and sends responses so that a slow client never occupies the service's resources. A request is
 * carried out when its body is complete. Its response is sent when the response is complete and the request's resources
 * are released.
 */
final class RequestIntake extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestIntake.class);

    private final BodyReader bodies;
    private final Runnable refusedForMemory;

    /** @param refusedForMemory called for each request that was refused because memory was short */
    RequestIntake(BodyReader bodies, Runnable refusedForMemory) {
        this.bodies = bodies;
        this.refusedForMemory = refusedForMemory;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var answer = carryOut(request, response, chain);
            answer.send();
        } catch (RefusedBodyException e) {
            refuse(response, e);
        }
    }

    /** A separate method, so that no reference keeps the body in memory while the response is sent. */
    private HeldAnswer carryOut(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException, RefusedBodyException {
        var complete = bodies.complete(request);
        if (!hasReadableParameters(complete)) {
            throw new RefusedBodyException(
                    HttpServletResponse.SC_BAD_REQUEST, "malformed_query", "The query cannot be decoded.");
        }
        var answer = new HeldAnswer(response);
        if (!ClientConnections.proceed()) {
            LOG.debug("request=dropped reason=\"its connection was ended\"");
            return answer;
        }
        try {
            chain.doFilter(complete, answer);
            return answer;
        } finally {
            // The steps that follow wait for the client, also when Tomcat answers a failure.
            ClientConnections.sendAnswer(answer.size());
        }
    }

    /**
     * Returns whether the parameters can be decoded, which Tomcat does on first access. Call it after the body has been
     * read; Tomcat would otherwise read a form from it.
     */
    private static boolean hasReadableParameters(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return true;
        }
        try {
            request.getParameterMap();
            return true;
        } catch (IllegalStateException e) {
            LOG.debug("request=refused reason=\"malformed query\" cause=\"{}\"", e.toString());
            return false;
        }
    }

    /** Refuses a request without reading the rest of its body. */
    private void refuse(HttpServletResponse response, RefusedBodyException refusal) throws IOException {
        ClientConnections.linger();
        response.setHeader(HttpHeaders.CONNECTION, "close");
        if (refusal.status() == HttpStatus.TOO_MANY_REQUESTS.value()) {
            refusedForMemory.run();
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        ProblemJson.write(response, refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
    }
}
