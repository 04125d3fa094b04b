package dev.orderflow.eventing.admin.outbox;

import dev.orderflow.eventing.outbox.relay.OutboxStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reports the progress of the outbox to operators. */
@RestController
class OutboxController {

    private final OutboxStatus status;

    OutboxController(OutboxStatus status) {
        this.status = status;
    }

    /** Returns the number and age of pending events, and the state of parked ones, over all instances. */
    @GetMapping("/admin/outbox")
    OutboxStatus.Answer outbox() {
        return status.read();
    }
}
