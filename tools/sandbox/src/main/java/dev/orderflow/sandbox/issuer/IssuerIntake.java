package dev.orderflow.sandbox.issuer;

import dev.orderflow.edge.Turns;
import dev.orderflow.edge.problem.ProblemJson;
import dev.orderflow.edge.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the requests to the issuer, whose filters answer before those bounds that apply to controllers, and reads
 * their forms. The issuer answers marked requests only, so none comes to it in another way, such as the management port.
 */
final class IssuerIntake extends OncePerRequestFilter {

    private static final String MARK = IssuerIntake.class.getName();
    /** Many times the size of a request for a token. */
    private static final int LARGEST_FORM = 8 * 1024;

    private final Turns turns;

    IssuerIntake(Turns turns) {
        this.turns = turns;
    }

    static boolean hasPassed(HttpServletRequest request) {
        return request.getAttribute(MARK) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var form = request.getInputStream().readNBytes(LARGEST_FORM + 1);
        if (form.length > LARGEST_FORM) {
            refuse(
                    response,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "body_too_large",
                    "The form is larger than " + LARGEST_FORM + " bytes.");
        } else if (form.length > 0 && !isForm(request)) {
            refuse(
                    response,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_media_type",
                    "The body must be application/x-www-form-urlencoded.");
        } else {
            answer(request, response, form, chain);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, byte[] form, FilterChain chain)
            throws ServletException, IOException {
        final FormRequest readable;
        try {
            readable = new FormRequest(request, form);
        } catch (IllegalArgumentException e) {
            refuse(response, HttpStatus.BAD_REQUEST, "malformed_form", "The form cannot be decoded.");
            return;
        }
        readable.setAttribute(MARK, true);
        try {
            turns.take(request.getRemoteAddr(), () -> passOn(readable, response, chain))
                    .rethrow();
        } catch (Refusal e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            refuse(response, HttpStatus.TOO_MANY_REQUESTS, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static Outcome passOn(FormRequest request, HttpServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
            return new Outcome(null);
        } catch (IOException | ServletException e) {
            return new Outcome(e);
        }
    }

    /** Result of the filters behind, whose exceptions a supplier cannot throw. */
    private record Outcome(@Nullable Exception failure) {

        void rethrow() throws IOException, ServletException {
            switch (failure) {
                case null -> {}
                case IOException e -> throw e;
                case ServletException e -> throw e;
                default -> throw new ServletException(failure);
            }
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        try {
            var type = request.getContentType();
            return type != null
                    && MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static void refuse(HttpServletResponse response, HttpStatus status, String code, String detail)
            throws IOException {
        ProblemJson.write(response, status.value(), code, detail);
    }
}
