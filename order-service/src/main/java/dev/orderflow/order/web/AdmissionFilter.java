package dev.orderflow.order.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.order.refusal.Admission;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Refuses orders before anything is done for them, while {@link Admission} refuses them. Refusing must cost far less than placing: under
 * overload there is more to refuse than to place, and a service that has just started has no time for either.
 * <p>
 * It goes by the path as it is usually written. An order that is sent to the same resource in another spelling is refused by the
 * controller, for the same reason and at its price.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AdmissionFilter implements Filter {

    private static final String ORDERS = "/api/orders";
    private static final int LARGEST_DROPPED_BODY = 16 << 10;

    private static final byte[] PROBLEM =
            String.format(Locale.ROOT, """
            {"type":"about:blank","title":"Too Many Requests","status":429,"detail":"%s","code":"overloaded"}\
            """, Admission.DETAIL).getBytes(UTF_8);

    private final Admission admission;

    AdmissionFilter(Admission admission) {
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

    /** A body that is not read would be taken for the next request, or end the connection. */
    private static void dropBody(ServletRequest request) throws IOException {
        if (request.getContentLengthLong() <= LARGEST_DROPPED_BODY) {
            request.getInputStream().readNBytes(LARGEST_DROPPED_BODY);
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(
                HttpHeaders.RETRY_AFTER, Long.toString(admission.retryAfter().toSeconds()));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(PROBLEM.length);
        response.getOutputStream().write(PROBLEM);
    }
}
