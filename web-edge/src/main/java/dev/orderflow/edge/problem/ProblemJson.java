package dev.orderflow.edge.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Writes problem details (RFC 9457) outside Spring MVC: in filters and in the servlet container. */
public final class ProblemJson {

    private ProblemJson() {}

    /** Writes a problem whose code is derived from the status, such as {@code bad_request}. */
    static void write(HttpServletResponse response, int status, String detail) throws IOException {
        var known = HttpStatus.resolve(status);
        write(response, status, known == null ? "error" : known.name().toLowerCase(Locale.ROOT), detail);
    }

    /** @param detail see {@link #bytes} */
    public static void write(HttpServletResponse response, int status, String code, String detail) throws IOException {
        write(response, status, bytes(status, code, detail));
    }

    /** @param violations without data of the client, like {@code detail} */
    public static void write(
            HttpServletResponse response, int status, String code, String detail, List<Violation> violations)
            throws IOException {
        var errors = violations.stream()
                .map(each -> String.format(
                        Locale.ROOT, "{\"field\":\"%s\",\"message\":\"%s\"}", each.field(), each.message()))
                .collect(Collectors.joining(",", ",\"errors\":[", "]"));
        write(response, status, bytes(status, code, detail, errors));
    }

    /** @param problem made by {@link #bytes} for the same status */
    public static void write(HttpServletResponse response, int status, byte[] problem) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
        response.flushBuffer();
    }

    /**
     * Returns a problem as JSON in UTF-8.
     *
     * @param detail text without data of the client; like {@code code}, without characters that JSON escapes
     */
    public static byte[] bytes(int status, String code, String detail) {
        return bytes(status, code, detail, "");
    }

    private static byte[] bytes(int status, String code, String detail, String more) {
        var known = HttpStatus.resolve(status);
        return String.format(
                        Locale.ROOT, """
            {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s"%s}\
            """, known == null ? "Error" : known.getReasonPhrase(), status, detail, code, more)
                .getBytes(StandardCharsets.UTF_8);
    }
}
