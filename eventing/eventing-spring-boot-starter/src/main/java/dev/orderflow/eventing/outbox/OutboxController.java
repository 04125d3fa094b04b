package dev.orderflow.eventing.outbox;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells operators how far the outbox was sent. */
@RestController
public class OutboxController {

    private final OutboxStatus status;

    public OutboxController(OutboxStatus status) {
        this.status = status;
    }

    @GetMapping("/admin/outbox")
    OutboxStatus.Answer outbox() {
        return status.read();
    }
}
