package dev.orderflow.demo.token;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tokens of an issuer, each kept as long as it is valid. */
final class AccessTokens implements Tokens {

    private final Map<Role, RoleToken> tokens = new EnumMap<>(Role.class);

    AccessTokens(Issuer issuer, LongSupplier nanoTime) {
        for (var role : Role.values()) {
            tokens.put(role, new RoleToken(() -> issuer.grant(role), nanoTime));
        }
    }

    @Override
    public Optional<String> of(Role role) {
        return Optional.of(token(role).get());
    }

    @Override
    public boolean refuse(Role role, String token) {
        return token(role).refuse(token);
    }

    private RoleToken token(Role role) {
        return Objects.requireNonNull(tokens.get(role));
    }
}
