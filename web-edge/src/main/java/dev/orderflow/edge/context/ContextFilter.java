package dev.orderflow.edge.context;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.edge.connection.ClientConnections;
import dev.orderflow.edge.problem.ProblemErrorValve;
import dev.orderflow.edge.problem.ProblemJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the context of each request from its headers and returns it with every answer. While the request is carried
 * out, its events, its log lines and its waits have this context.
 * <p>
 * Runs before all other filters, because their answers carry the context as well. Costs no more than a few headers: the
 * filters that follow refuse requests under overload.
 */
final class ContextFilter extends OncePerRequestFilter {

    private final Clock clock;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    ContextFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var context = RequestContext.of(request, () -> ids.generate().toString());
        var headers = context.answerHeaders();
        headers.forEach(response::setHeader);
        request.setAttribute(ProblemErrorValve.HEADERS, headers);
        if (!context.violations().isEmpty()) {
            refuse(context, response);
            return;
        }
        try (var _ = context.open(clock.instant())) {
            chain.doFilter(request, response);
        }
    }

    /** Refuses a request without reading its body. */
    private static void refuse(RequestContext context, HttpServletResponse response) throws IOException {
        ClientConnections.linger();
        response.setHeader(HttpHeaders.CONNECTION, "close");
        ProblemJson.write(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "invalid_header",
                "A header is not valid; errors says why.",
                context.violations());
    }
}
