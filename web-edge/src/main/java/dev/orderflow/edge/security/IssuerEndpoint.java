package dev.orderflow.edge.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads key sets from an issuer over HTTP, each in bounded time and memory. */
final class IssuerEndpoint implements IssuerKeys.Fetch {

    private static final String METADATA = "/.well-known/openid-configuration";

    /** Largest answer in bytes; a key has less than 1 KB. */
    private static final int LARGEST = 64 << 10;

    private final String issuer;
    private final @Nullable String jwkSetUri;
    private final Duration timeout;

    /** @param jwkSetUri null to read it from the issuer's metadata */
    IssuerEndpoint(String issuer, @Nullable String jwkSetUri, Duration timeout) {
        this.issuer = issuer;
        this.jwkSetUri = jwkSetUri;
        this.timeout = timeout;
    }

    @Override
    public JWKSet keys() throws IOException, ParseException {
        return JWKSet.parse(read(jwkSetUri == null ? discover() : jwkSetUri));
    }

    private String discover() throws IOException, ParseException {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var metadata = JSONObjectUtils.parse(read(base + METADATA));
        if (!issuer.equals(metadata.get("issuer"))) {
            throw new IOException("the metadata at " + base + METADATA + " is that of another issuer");
        }
        return JSONObjectUtils.getString(metadata, "jwks_uri");
    }

    private String read(String url) throws IOException {
        var end = System.nanoTime() + 3 * timeout.toNanos();
        var connection = uri(url).toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
        connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/json");
        var content = new ByteArrayOutputStream();
        try (var in = connection.getInputStream()) {
            var buffer = new byte[8192];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                content.write(buffer, 0, read);
                if (content.size() > LARGEST || System.nanoTime() - end > 0) {
                    throw new IOException(url + " sends more than " + LARGEST + " bytes, or too slowly");
                }
            }
        }
        return content.toString(StandardCharsets.UTF_8);
    }

    private static URI uri(String url) throws IOException {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException(url + " is no URL", e);
        }
    }
}
