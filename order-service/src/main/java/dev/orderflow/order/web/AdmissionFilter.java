package dev.orderflow.order.web;

import dev.orderflow.edge.problem.ProblemJson;
import dev.orderflow.order.admission.OrderAdmission;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Refuses orders early while {@link OrderAdmission} refuses them, before any other work. A refusal must cost far less
 * than placing an order: under overload there are more refusals than orders, and a service that has just started has no
 * spare time.
 * <p>
 * It compares the usual spelling of the path. The controller refuses orders that are sent to another spelling of the
 * same resource, at a higher cost. The filter runs after {@link ConnectionDrain}, which also closes the connections of
 * refused clients.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class AdmissionFilter implements Filter {

    private static final String ORDERS = "/api/orders";
    /** Larger than the body of most orders, and small enough to read under overload. */
    private static final int LARGEST_DROPPED_BODY = 16 << 10;

    /** Prepared once, so that a refusal needs no JSON writer. */
    private static final byte[] PROBLEM =
            ProblemJson.bytes(HttpStatus.TOO_MANY_REQUESTS.value(), "overloaded", OrderAdmission.DETAIL);

    private final OrderAdmission admission;

    AdmissionFilter(OrderAdmission admission) {
        this.admission = admission;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (placesAnOrder((HttpServletRequest) request) && admission.refuses()) {
            dropBody(request);
            refuse((HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean placesAnOrder(HttpServletRequest request) {
        return request.getRequestURI().equals(ORDERS) && request.getMethod().equals(HttpMethod.POST.name());
    }

    /** Reads a small body to its end, which keeps the connection. Tomcat closes the connection of a larger one. */
    private static void dropBody(ServletRequest request) throws IOException {
        if (request.getContentLengthLong() <= LARGEST_DROPPED_BODY) {
            request.getInputStream().readNBytes(LARGEST_DROPPED_BODY);
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        response.setHeader(
                HttpHeaders.RETRY_AFTER, Long.toString(admission.retryAfter().toSeconds()));
        ProblemJson.write(response, HttpStatus.TOO_MANY_REQUESTS.value(), PROBLEM);
    }
}
