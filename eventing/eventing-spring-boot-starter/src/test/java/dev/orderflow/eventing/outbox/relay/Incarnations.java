package dev.orderflow.eventing.outbox.relay;

import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/** Tokens of relays that only read positions. */
final class Incarnations {

    private Incarnations() {}

    static Incarnation begin(JdbcOperations jdbc) {
        var incarnation = new Incarnation(UUID.randomUUID(), UUID.randomUUID());
        jdbc.update("""
                INSERT INTO outbox_relay (instance, alive_until, token, server_started)
                VALUES (?, 'infinity', ?, pg_postmaster_start_time())
                """, incarnation.relay(), incarnation.token());
        return incarnation;
    }
}
