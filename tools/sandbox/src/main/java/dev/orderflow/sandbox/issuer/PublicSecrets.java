package dev.orderflow.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares secrets as they are. Hashing would protect nothing, since everybody knows them, and would cost more than all
 * the rest of a request.
 */
final class PublicSecrets implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence secret) {
        return secret == null ? null : secret.toString();
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String expected) {
        return secret != null
                && expected != null
                && MessageDigest.isEqual(secret.toString().getBytes(UTF_8), expected.getBytes(UTF_8));
    }
}
