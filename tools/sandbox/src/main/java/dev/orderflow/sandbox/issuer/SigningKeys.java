package dev.orderflow.sandbox.issuer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Key that signs tokens, and the key before it, which only verifies.
 * <p>
 * The sandbox replaces the key when it is restarted after {@code signing-key.pem} was renamed to {@code previous-key.pem}: it
 * creates a new one, and publishes both. The previous key can be deleted when its last token has expired, after 15 minutes.
 *
 * @param previous null if no key was replaced
 */
record SigningKeys(RSAKey current, @Nullable RSAKey previous) {

    static final String CURRENT = "signing-key.pem";
    static final String PREVIOUS = "previous-key.pem";

    /** Reads the keys of {@code folder}; creates the folder and the signing key when they are missing. */
    static SigningKeys in(Path folder) {
        var current = new KeyFile(folder.resolve(CURRENT));
        current.createIfMissing();
        var previous = Optional.of(new KeyFile(folder.resolve(PREVIOUS))).filter(KeyFile::exists);
        return new SigningKeys(
                current.read(), previous.map(file -> file.read().toPublicJWK()).orElse(null));
    }

    /** Returns all keys, the signing one first. */
    JWKSet all() {
        var keys = new ArrayList<JWK>(List.of(current));
        if (previous != null) {
            keys.add(previous);
        }
        return new JWKSet(keys);
    }
}
