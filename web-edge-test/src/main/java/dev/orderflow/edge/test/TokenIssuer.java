package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * An issuer of access tokens on a loopback address. Its keys are made at its start and stored nowhere.
 */
public final class TokenIssuer implements AutoCloseable {

    private static final int KEY_BITS = 2048;

    private final AtomicInteger keyNumber = new AtomicInteger();
    private final AtomicInteger fetches = new AtomicInteger();
    private final int port;
    private volatile RSAKey key = newKey();
    private volatile HttpServer server;

    private TokenIssuer() {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    public static TokenIssuer start() {
        return new TokenIssuer();
    }

    /** The issuer that tests share whose services need no other; it serves until the JVM ends. */
    public static TokenIssuer shared() {
        return Shared.ISSUER;
    }

    private static final class Shared {
        private static final TokenIssuer ISSUER = new TokenIssuer();
    }

    /** Returns the issuer's name, the claim {@code iss}, where its metadata is. */
    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    public String jwkSetUri() {
        return uri() + "/oauth2/jwks";
    }

    /** Returns the settings of a service that accepts this issuer's tokens. */
    public String[] properties() {
        return new String[] {
            "edge.security.enabled=true",
            "edge.security.platform-tenant=demo",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + uri(),
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + jwkSetUri()
        };
    }

    /** Sets {@link #properties} for the test's service. */
    public void register(DynamicPropertyRegistry registry) {
        Stream.of(properties())
                .map(property -> property.split("=", 2))
                .forEach(property -> registry.add(property[0], () -> property[1]));
    }

    /** Returns the public key as PEM. */
    public String publicKeyPem() {
        try {
            var key = Base64.getMimeEncoder()
                    .encodeToString(key().toRSAPublicKey().getEncoded());
            return "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a token to be changed and signed: that of customer-1 of the tenant demo. */
    public TestToken token() {
        return TestToken.of(this);
    }

    /** Replaces the key by a new one: tokens signed from now on have another {@code kid}. */
    public void rotate() {
        key = newKey();
    }

    /** Returns how often the key set was fetched. */
    public int fetches() {
        return fetches.get();
    }

    /** Refuses connections from now on. */
    public void goAway() {
        server.stop(0);
    }

    /** Serves again, at the same address. */
    public void comeBack() {
        server = serve(port);
    }

    RSAKey key() {
        return key;
    }

    private RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyID("key-" + keyNumber.incrementAndGet())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpServer serve(int onPort) {
        try {
            var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext(
                    "/.well-known/openid-configuration",
                    exchange ->
                            answer(exchange, "{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + jwkSetUri() + "\"}"));
            started.createContext("/oauth2/jwks", exchange -> {
                fetches.incrementAndGet();
                answer(exchange, new JWKSet(key.toPublicJWK()).toString());
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
