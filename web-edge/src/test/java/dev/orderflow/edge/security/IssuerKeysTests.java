package dev.orderflow.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IssuerKeysTests {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile boolean away;
    private volatile JWKSet published = new JWKSet(key("a"));

    private final IssuerKeys keys = new IssuerKeys(this::fetch, Duration.ofMinutes(5), Duration.ofSeconds(1), now::get);

    private JWKSet fetch() throws IOException {
        fetches.incrementAndGet();
        if (away) {
            throw new IOException("connection refused");
        }
        return published;
    }

    @Test
    void knownKeysAreNotFetchedAgain() throws Exception {
        assertThat(get("a")).hasSize(1);
        assertThat(get("a")).hasSize(1);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void anOldKeySetIsFetchedBehindTheRequests() throws Exception {
        get("a");
        published = new JWKSet(key("b"));
        pass(Duration.ofMinutes(6));

        assertThat(get("a")).hasSize(1);

        await().until(() -> get("a").isEmpty());
        assertThat(get("b")).hasSize(1);
    }

    @Test
    void anOldKeySetIsKeptWhileTheIssuerIsAway() throws Exception {
        get("a");
        away = true;
        pass(Duration.ofDays(2));

        assertThat(get("a")).hasSize(1);

        await().until(() -> fetches.get() == 2);
        assertThat(get("a")).hasSize(1);
    }

    @Test
    void unknownKeysAreLookedUpAtAFixedRate() throws Exception {
        for (var i = 0; i < 100; i++) {
            assertThat(get("unknown-" + i)).isEmpty();
        }
        assertThat(fetches).hasValue(IssuerKeys.BURST);

        pass(IssuerKeys.INTERVAL);
        published = new JWKSet(List.of(key("a"), key("b")));

        assertThat(get("b")).hasSize(1);
        assertThat(fetches).hasValue(IssuerKeys.BURST + 1);
    }

    @Test
    void withoutItsIssuerAnUnknownKeyIsUndecidedAndKnownOnesAreNot() throws Exception {
        get("a");
        away = true;

        for (var i = 0; i < 100; i++) {
            var kid = "unknown-" + i;
            assertThatThrownBy(() -> get(kid)).isInstanceOf(KeySourceException.class);
            assertThat(get("a")).hasSize(1);
        }
        assertThat(fetches).hasValue(IssuerKeys.BURST);
    }

    private List<JWK> get(String kid) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(kid).build()), null);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static JWK key(String kid) {
        return new OctetSequenceKey.Builder(new byte[32]).keyID(kid).build();
    }
}
