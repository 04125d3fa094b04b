package dev.orderflow.edge.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.time.Clock;
import org.springframework.core.io.Resource;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Creates decoders of access tokens: RS256 and nothing else, of one issuer. */
final class TokenDecoders {

    private TokenDecoders() {}

    /** Connects to nobody: the issuer may be away when the service starts. */
    static JwtDecoder create(JwtProperties issuer, SecurityProperties settings, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT));
        processor.setJWSKeySelector(keys(issuer, settings));
        // The validators below check the claims, with this service's clock.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var times = new JwtTimestampValidator(settings.clockSkew());
        times.setClock(clock);
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtIssuerValidator(issuer.issuer()),
                new TokenRules(issuer.audiences(), settings.longestValidity().plus(settings.clockSkew()), clock)));
        return decoder;
    }

    private static JWSKeySelector<SecurityContext> keys(JwtProperties issuer, SecurityProperties settings) {
        if (issuer.publicKeyLocation() != null) {
            return publicKey(issuer.publicKeyLocation());
        }
        var timeout = settings.issuerTimeout();
        var endpoint = new IssuerEndpoint(issuer.issuer(), issuer.jwkSetUri(), timeout);
        return new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256,
                new IssuerKeys(endpoint, settings.keyAge(), timeout.multipliedBy(2), System::nanoTime));
    }

    private static JWSKeySelector<SecurityContext> publicKey(Resource file) {
        try (var content = file.getInputStream()) {
            return new SingleKeyJWSKeySelector<>(
                    JWSAlgorithm.RS256, RsaKeyConverters.x509().convert(content));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "spring.security.oauth2.resourceserver.jwt.public-key-location=" + file.getDescription()
                            + " must be an RSA key as PEM, which begins with -----BEGIN PUBLIC KEY-----",
                    e);
        }
    }
}
