package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Ids of keys: the JWK thumbprint (RFC 7638, RFC 8037), so that nobody has to name them. */
final class KeyId {

    private static final int RAW_KEY = 32;

    private KeyId() {}

    static String of(PublicKey key) {
        // The encoding of an Ed25519 key ends with its 32 bytes.
        var encoded = key.getEncoded();
        var raw = Arrays.copyOfRange(encoded, encoded.length - RAW_KEY, encoded.length);
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + base64.encodeToString(raw) + "\"}";
        return base64.encodeToString(HashTree.sha256().digest(jwk.getBytes(US_ASCII)));
    }
}
