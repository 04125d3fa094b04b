package dev.orderflow.eventing.asyncapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the application's AsyncAPI document. */
@RestController
class AsyncApiController {

    private static final String ASYNC_API = "application/vnd.aai.asyncapi+json";

    private final AsyncApi api;

    AsyncApiController(AsyncApi api) {
        this.api = api;
    }

    /** Returns bytes: a converter of text would choose the charset by the request. */
    @GetMapping(
            path = "/asyncapi",
            produces = {MediaType.APPLICATION_JSON_VALUE, ASYNC_API})
    byte[] document() {
        return api.json().getBytes(UTF_8);
    }
}
