package com.example.tickets;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** What a customer has asked a team for. */
@Entity
class Ticket {

    @Id
    private UUID id = new UUID(0, 0);

    private String team = "";
    private String title = "";

    /** For JPA. */
    protected Ticket() {}

    Ticket(String team, String title) {
        this.id = UUID.randomUUID();
        this.team = team;
        this.title = title;
    }

    UUID id() {
        return id;
    }

    TicketOpened opened() {
        return new TicketOpened(id, team, title);
    }
}
