package dev.orderflow.demo.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.demo.token.Issuer.Grant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CredentialsTests {

    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final Tokens tokens =
            new AccessTokens(role -> new Grant("token-" + granted.incrementAndGet(), Duration.ofMinutes(15)), now::get);
    private final List<String> sent = new ArrayList<>();

    @Test
    void aRequestOfASuiteWithoutIssuerHasNoToken() throws Exception {
        assertThat(send(Tokens.NONE, 401)).isEqualTo(401);
        assertThat(sent).containsExactly("none");
    }

    @Test
    void anAcceptedTokenIsUsedAgain() throws Exception {
        send(tokens, 200);
        send(tokens, 404);

        assertThat(sent).containsExactly("Bearer token-1", "Bearer token-1");
    }

    @Test
    void aRequestIsRepeatedOnceWithANewToken() throws Exception {
        send(tokens, 200);
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(send(tokens, 401, 200)).isEqualTo(200);
        assertThat(sent).containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
    }

    @Test
    void aServiceThatRefusesAllTokensIsNotAskedForEver() throws Exception {
        send(tokens, 200);
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(send(tokens, 401, 401)).isEqualTo(401);
        assertThat(send(tokens, 401)).isEqualTo(401);
        assertThat(granted).hasValue(2);
    }

    private int send(Tokens source, int... statuses) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/"));
        return new Credentials(source, Role.SHOP)
                .send(request, complete -> {
                    sent.add(complete.headers().firstValue("Authorization").orElse("none"));
                    return answer(statuses[next.getAndIncrement()]);
                })
                .statusCode();
    }

    private static HttpResponse<String> answer(int status) {
        HttpResponse<String> response = mock();
        when(response.statusCode()).thenReturn(status);
        return response;
    }
}
