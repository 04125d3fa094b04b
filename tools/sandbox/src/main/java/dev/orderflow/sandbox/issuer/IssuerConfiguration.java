package dev.orderflow.sandbox.issuer;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.orderflow.edge.Turns;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Configures the issuer: an OAuth2 authorization server with client credentials and nothing else. Its filters are
 * registered for its endpoints only, so that no other request of the sandbox passes Spring Security.
 */
@EnableWebSecurity
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {

    private static final String[] ENDPOINTS = {
        "/oauth2/token", "/oauth2/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"
    };

    /** Signing a token occupies a processor for about a millisecond. */
    private static final int CONCURRENT = 2;

    private static final int WAITING = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int ORDER = -100;

    @Bean
    FilterRegistrationBean<IssuerIntake> issuerIntake(MeterRegistry meters) {
        var refused = meters.counter("edge.requests.refused", "limit", "tokens");
        var registration = new FilterRegistrationBean<>(
                new IssuerIntake(new Turns(CONCURRENT, WAITING, PATIENCE, refused::increment)));
        registration.addUrlPatterns(ENDPOINTS);
        registration.setOrder(ORDER - 1);
        return registration;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean issuerFilters() {
        var registration = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.addUrlPatterns(ENDPOINTS);
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    SecurityFilterChain issuerChain(HttpSecurity http) {
        return http.securityMatcher(IssuerIntake::hasPassed)
                .oauth2AuthorizationServer(IssuerConfiguration::restrict)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(IssuerConfiguration::askForSecret))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IssuerProperties properties) {
        return AuthorizationServerSettings.builder().issuer(properties.uri()).build();
    }

    @Bean
    RegisteredClientRepository clients(IssuerProperties properties) {
        var tokens = TokenSettings.builder()
                .accessTokenTimeToLive(properties.tokenTime())
                .build();
        return new InMemoryRegisteredClientRepository(
                Arrays.stream(Role.values()).map(role -> client(role, tokens)).toList());
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new UnstoredAuthorizations();
    }

    @Bean
    PublicSecrets secrets() {
        return new PublicSecrets();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> roleClaims() {
        return new RoleClaims();
    }

    @Bean
    JWKSource<SecurityContext> keys(IssuerProperties properties) {
        return new ImmutableJWKSet<>(SigningKeys.in(properties.keys()).all());
    }

    @Bean
    JwtEncoder tokenEncoder(JWKSource<SecurityContext> keys) {
        var encoder = new NimbusJwtEncoder(keys);
        encoder.setJwkSelector(List::getFirst);
        return encoder;
    }

    private static void restrict(OAuth2AuthorizationServerConfigurer server) {
        server.clientAuthentication(clients -> clients.authenticationConverters(
                        all -> keep(new ClientSecretBasicAuthenticationConverter(), all)))
                .tokenEndpoint(token -> token.accessTokenRequestConverters(all -> keep(new AllScopesByDefault(), all)))
                .authorizationServerMetadataEndpoint(endpoint -> endpoint.authorizationServerMetadataCustomizer(
                        metadata -> metadata.claims(ServedMetadata::reduce)))
                .oidc(oidc -> oidc.providerConfigurationEndpoint(endpoint ->
                        endpoint.providerConfigurationCustomizer(metadata -> metadata.claims(ServedMetadata::reduce))));
    }

    private static void keep(AuthenticationConverter only, List<AuthenticationConverter> all) {
        all.clear();
        all.add(only);
    }

    private static void askForSecret(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orderflow\"");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }

    private static RegisteredClient client(Role role, TokenSettings tokens) {
        return RegisteredClient.withId(role.label())
                .clientId(role.label())
                .clientSecret(role.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(role.scopes()))
                .tokenSettings(tokens)
                .build();
    }
}
