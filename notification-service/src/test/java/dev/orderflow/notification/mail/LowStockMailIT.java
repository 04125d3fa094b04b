package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.routes.Routes;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import dev.orderflow.events.stock.StockLow;
import dev.orderflow.local.FreePort;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The route from low stock to the merchandiser's mailbox, as the service is configured. */
@RealInfrastructure
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // Another group than that of the other tests, which would share its partitions.
            "eventing.group=merchandiser-test",
            "eventing.source=notification-service",
            CommittedApi.RENDERED_APART
        })
@DirtiesContext
class LowStockMailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final GreenMail MAIL_SERVER =
            new GreenMail(new ServerSetup(FreePort.find(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static {
        MAIL_SERVER.start();
    }

    @Autowired
    Routes routes;

    private final String sku = "S" + UUID.randomUUID();

    @DynamicPropertySource
    static void smtp(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.port", () -> MAIL_SERVER.getSmtp().getPort());
    }

    @Test
    void eachTimeAProductBecomesLowTheMerchandiserGetsOneMail() {
        var first = UUID.randomUUID();
        announce(first, new StockLow(sku, 4L, 5L, Instant.now()), EventPriority.NORMAL);
        announce(first, new StockLow(sku, 4L, 5L, Instant.now()), EventPriority.NORMAL);
        announce(UUID.randomUUID(), new StockLow(sku, 2L, 5L, Instant.now()), EventPriority.BULK);
        announce(UUID.randomUUID(), new StockLow(sku, 3L, 5L, Instant.now()), EventPriority.NORMAL);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(2));
        assertThat(mails()).first().asString().startsWith("4 units of " + sku);
        assertThat(mails()).last().asString().startsWith("3 units of " + sku);
        var route = routes.status().getFirst();
        assertThat(List.of(route.published(), route.skipped())).containsExactly(2L, 1L);
    }

    /** Publishes as inventory-service does. */
    private void announce(UUID id, StockLow low, EventPriority priority) {
        var context = new EventContext(null, null, null, null, priority, null, null, null);
        var metadata = EventMetadata.of(id, "dev.orderflow.stock.low.v1", Topics.INVENTORY_SERVICE, sku, Instant.now())
                .within(context);
        var properties = TestInfrastructure.get().producerSettings();
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    Topics.STOCK_LEVEL_EVENTS, null, sku, new EventJson().write(low), CloudEventHeaders.of(metadata)));
        }
    }

    /** Returns the line about units of each e-mail about the product, in the order of their arrival. */
    private List<String> mails() {
        return Arrays.stream(MAIL_SERVER.getReceivedMessages())
                .filter(mail -> subject(mail).equals("Low stock of " + sku))
                .map(LowStockMailIT::unitsIn)
                .toList();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String unitsIn(MimeMessage mail) {
        return MailParts.of(mail)
                .plain()
                .lines()
                .filter(line -> line.contains("units of"))
                .findFirst()
                .orElseThrow();
    }
}
