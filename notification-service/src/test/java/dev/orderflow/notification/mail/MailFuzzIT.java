package dev.orderflow.notification.mail;

import dev.orderflow.edge.test.OperationFuzz;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Its operations only read. */
class MailFuzzIT extends MailScenario {

    @LocalServerPort
    int port;

    @Test
    void everyOperationAnswersWhateverItGets() {
        new OperationFuzz(port, () -> "", () -> "")
                .assertRobust(
                        "notification-service",
                        Map.of("orderId", UUID.randomUUID().toString(), "type", "dev.orderflow.order.placed.v1"));
    }
}
