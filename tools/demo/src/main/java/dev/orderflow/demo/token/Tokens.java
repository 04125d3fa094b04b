package dev.orderflow.demo.token;

import java.net.URI;
import java.util.Optional;

/** Source of access tokens for requests. Thread-safe. */
public interface Tokens {

    /** Tokens for a suite whose services require none. */
    Tokens NONE = new Tokens() {

        @Override
        public Optional<String> of(Role role) {
            return Optional.empty();
        }

        @Override
        public boolean refuse(Role role, String token) {
            return false;
        }
    };

    /**
     * Returns the tokens for a suite.
     *
     * @param issuer base of its issuer; empty if its services require no tokens
     */
    static Tokens from(Optional<URI> issuer) {
        return issuer.<Tokens>map(uri -> new AccessTokens(new TokenEndpoint(uri), System::nanoTime))
                .orElse(NONE);
    }

    /**
     * Returns a valid token; empty if requests need none.
     *
     * @throws IssuerAwayException if there is none in time
     */
    Optional<String> of(Role role);

    /**
     * Reports that a service does not accept {@code token}.
     *
     * @return whether {@link #of} has another one now
     */
    boolean refuse(Role role, String token);
}
