package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.verify.evidence.Service;
import org.junit.jupiter.api.Test;

/** Follows deliveries up. The delay of days ends when the test says so. */
@SystemTest
class FollowUpIT {

    private static final String RUN_OUT = """
            UPDATE scheduled_event SET due = now() WHERE key = ? AND due BETWEEN now() + interval '2 days' AND now() + interval '3 days'
            RETURNING key
            """;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    FollowUpIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void aCustomerIsAskedOnceThoughServicesAreKilledMeanwhile() {
        var order = shop.place(shop.newProduct(1), 1).orderId();
        shop.await(order, OrderStatus.DELIVERED);
        suite.kill(Part.NOTIFICATION);
        suite.kill(Part.ORDER);

        try (var database = new ServiceDatabase(suite, Service.ORDER)) {
            assertThat(database.texts(RUN_OUT, order.toString())).hasSize(1);
            suite.start(Part.ORDER);
            suite.start(Part.NOTIFICATION);

            sandbox.awaitMails(order, "PLACED", "RESERVED", "PAID", "SHIPPED", "DELIVERED", "FOLLOW_UP");
            assertThat(database.published(order)).endsWith(Service.typeOf(OrderFollowUpDue.class));
        }
    }
}
