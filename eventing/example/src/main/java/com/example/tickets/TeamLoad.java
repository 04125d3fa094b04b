package com.example.tickets;

import dev.orderflow.eventing.EventHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the tickets of each team. Counting one twice would be wrong: each event must take effect once. */
@Component
class TeamLoad {

    /** Served by the primary key (team). */
    private static final String COUNT = """
            INSERT INTO team_load (team, tickets) VALUES (?, 1)
            ON CONFLICT (team) DO UPDATE SET tickets = team_load.tickets + 1
            """;

    private final JdbcClient jdbc;

    TeamLoad(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs in the transaction that also remembers the event. */
    @EventHandler
    void count(TicketOpened opened) {
        jdbc.sql(COUNT).param(opened.team()).update();
    }
}
