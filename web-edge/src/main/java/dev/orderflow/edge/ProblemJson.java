package dev.orderflow.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Writes problem details (RFC 9457) where Spring MVC does not: in filters, and in the servlet container itself. */
final class ProblemJson {

    private ProblemJson() {}

    /** The code follows from the status, such as {@code bad_request}. */
    static void write(HttpServletResponse response, int status, String detail) throws IOException {
        var known = HttpStatus.resolve(status);
        write(response, status, known == null ? "error" : known.name().toLowerCase(Locale.ROOT), detail);
    }

    /** @param detail without what the client has sent, and without characters that JSON escapes, as {@code code} */
    static void write(HttpServletResponse response, int status, String code, String detail) throws IOException {
        var known = HttpStatus.resolve(status);
        var body = """
            {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s"}\
            """.formatted(known == null ? "Error" : known.getReasonPhrase(), status, detail, code)
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
