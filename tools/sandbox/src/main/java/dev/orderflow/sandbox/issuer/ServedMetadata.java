package dev.orderflow.sandbox.issuer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * Reduces the issuer's metadata to what it serves. The authorization endpoint stays, although there is none: OpenID
 * Connect requires the entry.
 */
final class ServedMetadata {

    private static final Set<String> SERVED = Set.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "response_types_supported",
            "subject_types_supported",
            "id_token_signing_alg_values_supported");

    private ServedMetadata() {}

    static void reduce(Map<String, Object> metadata) {
        metadata.keySet().retainAll(SERVED);
        metadata.put("grant_types_supported", List.of(AuthorizationGrantType.CLIENT_CREDENTIALS.getValue()));
        metadata.put(
                "token_endpoint_auth_methods_supported",
                List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue()));
    }
}
