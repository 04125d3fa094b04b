package com.example.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicketTests {

    @Test
    void theEventOfATicketNamesItsTeamAndTitle() {
        var ticket = new Ticket("network", "no wifi in room 7");

        assertThat(ticket.opened()).isEqualTo(new TicketOpened(ticket.id(), "network", "no wifi in room 7"));
    }

    @Test
    void theEventsOfATicketAreInOrderAmongThemselves() {
        var ticket = new Ticket("network", "no wifi in room 7");

        assertThat(ticket.opened().key()).isEqualTo(ticket.id().toString());
    }
}
