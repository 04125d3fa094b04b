package dev.orderflow.edge.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that never reach the application, such as one with a malformed request line, and requests without a
 * response, with problem details instead of Tomcat's HTML page. Public because Tomcat creates it by its name.
 */
public final class ProblemErrorValve extends ErrorReportValve {

    /** Request attribute with the headers, a map of strings, that every answer has. Tomcat removes them from errors. */
    public static final String HEADERS = ProblemErrorValve.class.getName() + ".headers";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        var status = response.getStatus();
        if (status == HttpServletResponse.SC_NOT_IMPLEMENTED
                || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED) {
            // The client's fault, which must not raise an alarm.
            status = HttpServletResponse.SC_BAD_REQUEST;
        }
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !isWritable(response)) {
            return;
        }
        if (request.getAttribute(HEADERS) instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> response.setHeader(String.valueOf(name), String.valueOf(value)));
        }
        try {
            ProblemJson.write(response, status, detail(status));
        } catch (IOException e) {
            LOG.debug("answer=not-written status={} cause=\"{}\"", status, e.toString());
        }
    }

    private static String detail(int status) {
        return switch (status) {
            case HttpServletResponse.SC_BAD_REQUEST -> "The request is not valid HTTP, or is too large.";
            case HttpServletResponse.SC_NOT_FOUND -> "There is no such resource.";
            default -> status < 500 ? "The request cannot be carried out." : "This is not your fault; it was logged.";
        };
    }

    private static boolean isWritable(Response response) {
        var writable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        return writable.get();
    }
}
