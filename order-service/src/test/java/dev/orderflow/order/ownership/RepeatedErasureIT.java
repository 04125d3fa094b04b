package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.customer.CustomerErased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Erasures that are read again, because a backup from before them was restored. */
class RepeatedErasureIT extends SecuredOrders {

    private static final String NAMES = """
            SELECT (SELECT count(*) FROM orders WHERE customer_id = :id)
                   + (SELECT count(*) FROM customer WHERE id = :id)
                   + (SELECT count(*) FROM idempotency_key WHERE subject = :id)
            """;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    EventPublisher publisher;

    private final String id = "c-" + UUID.randomUUID();
    private UUID order = new UUID(0, 0);
    private String reference = "";

    /** The state that a backup has of a customer who was erased later. */
    @BeforeEach
    void restore() {
        var token = CUSTOMER.subject(id);
        var placed = as(token).place(order(id, line("LAMP", 1)), null);
        as(token).cancel(placed.orderId());
        order = placed.orderId();
        reference = jdbc.sql("SELECT reference FROM customer WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    @Test
    void theEventErasesACustomerAgainWhomABackupHasBroughtBack() {
        repeat();

        await().until(() -> names() == 0);
        assertThat(as(SHOP).get(order).<String>get("$.customerId")).isEqualTo(reference);
    }

    /** 301 orders and 301 keys, a hundred rows at once. */
    @Test
    void manyRowsAreErasedByOneTransactionAfterAnother() {
        new CopiedOrders(jdbc).copy(order, 300);
        repeat();

        await().atMost(Duration.ofMinutes(1)).until(() -> names() == 0);
        assertThat(erasures()).as("the event, and one more per full hundred").isEqualTo(1 + 6);
    }

    /** However old the backup is. */
    @Test
    void theTopicKeepsErasuresForEver() throws Exception {
        await().untilAsserted(() -> assertThat(retention("customer-events")).isEqualTo("-1"));
        assertThat(retention("order-events"))
                .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
    }

    private void repeat() {
        transaction.executeWithoutResult(status -> publisher.publish(new CustomerErased(reference, Instant.EPOCH)));
    }

    private int names() {
        return jdbc.sql(NAMES).param("id", id).query(Integer.class).single();
    }

    private int erasures() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE topic = 'customer-events' AND key = :reference")
                .param("reference", reference)
                .query(Integer.class)
                .single();
    }

    private static String retention(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, Object> broker =
                Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers());
        try (var admin = Admin.create(broker)) {
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return config.get("retention.ms").value();
        }
    }
}
