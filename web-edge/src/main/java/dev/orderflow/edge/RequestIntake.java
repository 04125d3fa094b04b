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
 * Receives requests and sends responses such that a slow client never blocks the service: a request is carried out when
 * its body is complete, and its answer is sent when it is complete and all that the request held has been given back.
 */
final class RequestIntake extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestIntake.class);

    private final BodyReader bodies;
    private final Runnable refusedForMemory;

    /** @param refusedForMemory is called for each request whose body had no room */
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

    /** A method of its own, so that nothing refers to the body any more while the answer is sent. */
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
            // What follows waits for the client, also when it is Tomcat that answers a failure.
            ClientConnections.sendAnswer(answer.size());
        }
    }

    /**
     * Tomcat decodes parameters when they are asked for first, and fails then. To be called when the body has been read, of which
     * it would take a form's for parameters otherwise.
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

    /** Refuses a request without waiting for what the client still sends. */
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
