package com.example.tickets;

import dev.orderflow.eventing.EventPublisher;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens tickets. */
@Service
class HelpDesk {

    private final EntityManager tickets;
    private final EventPublisher events;

    HelpDesk(EntityManager tickets, EventPublisher events) {
        this.tickets = tickets;
        this.events = events;
    }

    /** Stores the ticket and publishes its event: both or neither. */
    @Transactional
    Ticket open(String team, String title) {
        var ticket = new Ticket(team, title);
        tickets.persist(ticket);
        events.publish(ticket.opened());
        return ticket;
    }
}
