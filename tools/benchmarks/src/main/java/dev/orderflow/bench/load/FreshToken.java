package dev.orderflow.bench.load;

import dev.orderflow.demo.token.IssuerAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The shop's access token for a load, renewed by a thread of its own: the load's thread must not wait for an issuer
 * while requests are due.
 */
final class FreshToken implements AutoCloseable {

    private final Tokens tokens;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor();
    private volatile Optional<String> header;

    /** @throws IssuerAwayException if there is no token in time */
    FreshToken(Tokens tokens) {
        this.tokens = tokens;
        this.header = current();
        if (header.isPresent()) {
            renewal.scheduleWithFixedDelay(this::renew, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Returns the value of the header {@code Authorization}; empty if the suite requires no tokens. */
    Optional<String> header() {
        return header;
    }

    @Override
    public void close() {
        renewal.shutdownNow();
    }

    private void renew() {
        try {
            header = current();
        } catch (IssuerAwayException e) {
            // The service's refusals become part of the result; the next second may bring a token.
        }
    }

    private Optional<String> current() {
        return tokens.of(Role.SHOP).map(token -> "Bearer " + token);
    }
}
