package dev.orderflow.edge.openapi;

import dev.orderflow.edge.TakesTurn;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Serves the OpenAPI document that the build packed into the service, and a page that shows it. The document is the
 * committed one: tests of the service compare it with the controllers, so that no process has to render it.
 * <p>
 * Its requests take no turn, because they need no database connection; the memory of their responses is bounded by
 * {@code edge.connections.held}.
 */
@Hidden
@RestController
class OpenApiController {

    private final boolean enabled;
    private final Content document;
    private final Content page;

    OpenApiController(boolean enabled, Resource document, Resource page) {
        this.enabled = enabled;
        this.document = Content.of(document);
        this.page = Content.of(page);
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    @TakesTurn(TakesTurn.ITSELF)
    ResponseEntity<byte[]> document(HttpServletRequest request) throws NoResourceFoundException {
        return answer(request, document);
    }

    /** The page's links are relative, so that it can also be read behind a proxy that adds a prefix to paths. */
    @GetMapping(path = "/swagger-ui.html", produces = MediaType.TEXT_HTML_VALUE)
    @TakesTurn(TakesTurn.ITSELF)
    ResponseEntity<byte[]> page(HttpServletRequest request) throws NoResourceFoundException {
        return answer(request, page);
    }

    private ResponseEntity<byte[]> answer(HttpServletRequest request, Content content) throws NoResourceFoundException {
        if (!enabled) {
            var path = request.getRequestURI();
            throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), path, path.substring(1));
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag(content.tag())
                .body(content.bytes());
    }

    /** @param tag identifies the content, as the ETag of an answer does */
    private record Content(byte[] bytes, String tag) {

        static Content of(Resource resource) {
            try {
                var bytes = resource.getContentAsByteArray();
                return new Content(bytes, DigestUtils.md5DigestAsHex(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(resource + " cannot be read", e);
            }
        }
    }
}
