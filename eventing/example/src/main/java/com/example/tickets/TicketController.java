package com.example.tickets;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The help desk over HTTP. */
@RestController
class TicketController {

    private final HelpDesk desk;

    TicketController(HelpDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/teams/{team}/tickets")
    UUID open(@PathVariable String team, @RequestParam String title) {
        return desk.open(team, title).id();
    }
}
