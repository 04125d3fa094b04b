package com.example.tickets;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import java.util.UUID;

/** A customer has sent a request to a team. */
@EventTopic("tickets")
@EventType("com.example.ticket.opened.v1")
public record TicketOpened(UUID ticket, String team, String title) implements DomainEvent {

    @Override
    public String key() {
        return ticket.toString();
    }
}
