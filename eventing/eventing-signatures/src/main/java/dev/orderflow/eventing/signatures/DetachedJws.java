package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON Web Signature with detached, unencoded payload (RFC 7515 appendix F, RFC 7797): {@code header..signature}. The payload is the
 * root of a {@link HashTree}. The only algorithm is Ed25519 (RFC 8037), whatever the header says.
 *
 * @param header base64url of the protected header
 */
record DetachedJws(String header, String keyId, byte[] signature) {

    static final int LONGEST = 1_000;

    private static final String ALGORITHM = "EdDSA";
    private static final List<String> CRITICAL = List.of("b64");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static DetachedJws sign(SigningKey key, byte[] payload) {
        var header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"alg\":\"" + ALGORITHM + "\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"" + key.id()
                                + "\"}")
                        .getBytes(US_ASCII));
        return new DetachedJws(header, key.id(), key.sign(input(header, payload)));
    }

    /** @throws Refusal if it is none, or has another algorithm or extension */
    static DetachedJws parse(byte[] value) {
        if (value.length > LONGEST) {
            throw new Refusal(Reason.MALFORMED, "it has " + value.length + " bytes, more than " + LONGEST);
        }
        var text = new String(value, ISO_8859_1);
        var dot = text.indexOf('.');
        if (dot < 0 || text.lastIndexOf('.') != dot + 1) {
            throw new Refusal(Reason.MALFORMED, "it is no JWS with a detached payload");
        }
        var header = text.substring(0, dot);
        var parameters = parameters(header);
        var algorithm = parameters.path("alg").asString("");
        if (!algorithm.equals(ALGORITHM)) {
            throw new Refusal(Reason.ALGORITHM, "its algorithm is " + Refusal.shown(algorithm) + ", not " + ALGORITHM);
        }
        if (!isUnderstood(parameters)) {
            throw new Refusal(
                    Reason.MALFORMED,
                    "its header must have \"b64\": false and \"crit\": [\"b64\"], and no other extension");
        }
        var keyId = parameters.path("kid");
        if (!keyId.isString()) {
            throw new Refusal(Reason.MALFORMED, "its header has no kid");
        }
        return new DetachedJws(header, keyId.stringValue(), decoded(text.substring(dot + 2)));
    }

    boolean isBy(TrustedKey key, byte[] payload) {
        return key.verifies(input(header, payload), signature);
    }

    byte[] toBytes() {
        return (header + ".." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature)).getBytes(US_ASCII);
    }

    private static JsonNode parameters(String header) {
        try {
            var parameters = JSON.readTree(decoded(header));
            if (parameters != null && parameters.isObject()) {
                return parameters;
            }
        } catch (JacksonException e) {
            // Reported below, without what anybody may have written into it.
        }
        throw new Refusal(Reason.MALFORMED, "its header is not a JSON object");
    }

    private static boolean isUnderstood(JsonNode parameters) {
        var critical = parameters.path("crit");
        return parameters.path("b64").isBoolean()
                && !parameters.path("b64").booleanValue()
                && critical.isArray()
                && critical.values().stream()
                        .map(name -> name.asString(""))
                        .toList()
                        .equals(CRITICAL);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Reason.MALFORMED, "it is not base64url");
        }
    }

    private static byte[] input(String header, byte[] payload) {
        return ByteBuffer.allocate(header.length() + 1 + payload.length)
                .put(header.getBytes(ISO_8859_1))
                .put((byte) '.')
                .put(payload)
                .array();
    }
}
