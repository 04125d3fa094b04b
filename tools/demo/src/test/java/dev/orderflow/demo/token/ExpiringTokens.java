package dev.orderflow.demo.token;

import dev.orderflow.demo.token.Issuer.Grant;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Tokens of an issuer and of a clock that only tests move. Each token names the time at which it expires. */
public final class ExpiringTokens implements Tokens {

    private static final Duration LIFETIME = Duration.ofMinutes(15);

    /** Number of tokens that were granted. */
    public final AtomicInteger granted = new AtomicInteger();

    private final AtomicLong now = new AtomicLong();
    private final Tokens tokens = new AccessTokens(this::grant, now::get);

    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Returns whether a service accepts the value of the header {@code Authorization} now. */
    public boolean isValid(String authorization) {
        return Long.parseLong(authorization.replace("Bearer ", "")) > now.get();
    }

    @Override
    public Optional<String> of(Role role) {
        return tokens.of(role);
    }

    @Override
    public boolean refuse(Role role, String token) {
        return tokens.refuse(role, token);
    }

    private Grant grant(Role role) {
        granted.incrementAndGet();
        return new Grant(Long.toString(now.get() + LIFETIME.toNanos()), LIFETIME);
    }
}
