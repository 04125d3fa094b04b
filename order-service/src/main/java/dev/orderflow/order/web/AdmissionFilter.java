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
 * Refuses orders before anything is done for them, while {@link OrderAdmission} refuses them. Refusing must cost far less than placing: under
 * overload there is more to refuse than to place, and a service that has just started has no time for either.
 * <p>
 * It goes by the path as it is usually written. An order that is sent to the same resource in another spelling is refused by the
 * controller, for the same reason and at its price. It comes after {@link ConnectionDrain}, which also closes the connections of refused
 * clients.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class AdmissionFilter implements Filter {

    private static final String ORDERS = "/api/orders";
    private static final int LARGEST_DROPPED_BODY = 16 << 10;

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

    /** Tomcat closes the connection after a request whose body it has to read to the end itself, if that is large. */
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
