package com.example.tickets;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A request of a customer to a team. */
@Entity
class Ticket {

    @Id
    private UUID id = new UUID(0, 0);

    private String team = "";
    private String title = "";

    /** Used by JPA. */
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
