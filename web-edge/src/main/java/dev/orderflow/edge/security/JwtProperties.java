package dev.orderflow.edge.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.io.Resource;

/**
 * The issuer of access tokens, by the names that Spring Boot gives these properties. Empty values count as absent.
 *
 * @param issuerUri         issuer of all tokens, the claim {@code iss}; its metadata names the key set unless
 *                          {@code jwkSetUri} or {@code publicKeyLocation} is set
 * @param jwkSetUri         URL of the issuer's key set
 * @param audiences         audiences of which a token must have one
 * @param publicKeyLocation file with the issuer's only public key, as PEM, instead of a key set
 */
@ConfigurationProperties("spring.security.oauth2.resourceserver.jwt")
record JwtProperties(
        @Nullable String issuerUri,
        @Nullable String jwkSetUri,
        @DefaultValue("orderflow") List<String> audiences,
        @Nullable Resource publicKeyLocation) {

    private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";

    JwtProperties {
        issuerUri = absentIfBlank(issuerUri);
        jwkSetUri = absentIfBlank(jwkSetUri);
    }

    /**
     * Returns the issuer.
     *
     * @throws InvalidConfigurationPropertyValueException if there is none, or no audience
     */
    String issuer() {
        if (issuerUri == null) {
            throw invalid(
                    "issuer-uri",
                    "It must name the issuer of access tokens, such as https://login.example.com. Only"
                            + " edge.security.enabled=false serves requests without tokens.");
        }
        if (audiences.isEmpty()) {
            throw invalid("audiences", "It must name an audience, such as orderflow.");
        }
        return issuerUri;
    }

    private static InvalidConfigurationPropertyValueException invalid(String property, String reason) {
        return new InvalidConfigurationPropertyValueException(PREFIX + property, "", reason);
    }

    private static @Nullable String absentIfBlank(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
