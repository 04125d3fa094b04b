package dev.orderflow.notification.mail;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.local.FreePort;
import dev.orderflow.notification.recipient.FakeCustomers;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The service on a real PostgreSQL, a real Kafka and an SMTP server. All tests share one application context: two
 * contexts would share the consumer group's partitions.
 */
@RealInfrastructure
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // The tests announce orders through this service's own outbox.
            "eventing.source=order-service",
            // Only notification-service may publish what they publish; LowStockMailIT covers them.
            "eventing.routes=",
            "eventing.asyncapi.publishes=",
            "resilience4j.circuitbreaker.instances.smtp.wait-duration-in-open-state=500ms",
            "resilience4j.circuitbreaker.instances.customers.wait-duration-in-open-state=500ms",
            // Short delays, because tests wait for retries; RetryPolicyTests covers the delays themselves.
            "eventing.retry.first-delay=100ms",
            "eventing.retry.longest-delay=1s",
            CommittedApi.RENDERED_APART
        })
@Import(ApiDescription.class)
abstract class MailScenario {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A fixed port, because a free one would change after an outage. */
    static final GreenMail MAIL_SERVER =
            new GreenMail(new ServerSetup(FreePort.find(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static final FakeCustomers CUSTOMERS = new FakeCustomers();

    static {
        MAIL_SERVER.start();
    }

    @MockitoSpyBean
    MailRepository mails;

    @Autowired
    EventPublisher publisher;

    @Autowired
    TransactionOperations transaction;

    @DynamicPropertySource
    static void others(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.port", () -> MAIL_SERVER.getSmtp().getPort());
        properties.add("notification.customers.url", CUSTOMERS::url);
    }

    void publish(DomainEvent... events) {
        transaction.executeWithoutResult(_ -> Arrays.stream(events).forEach(publisher::publish));
    }

    /** Publishes an event of a tenant. */
    void publishOf(String tenant, OrderEvent event) {
        var context = new EventContext(null, null, null, tenant, EventPriority.NORMAL, null, null, null);
        try (var _ = context.open()) {
            publish(event);
        }
    }

    /** Publishes the order's records of the topic again, unchanged: same event ids. */
    void redeliver(UUID orderId) {
        var settings = TestInfrastructure.get().producerSettings();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            recordsOf(orderId)
                    .forEach(original -> producer.send(new ProducerRecord<>(
                            original.topic(), null, original.key(), original.value(), original.headers())));
        }
    }

    List<ConsumerRecord<String, byte[]>> recordsOf(UUID orderId) {
        return TestInfrastructure.get().topics().read(Topics.ORDER_EVENTS).stream()
                .filter(sent -> orderId.toString().equals(sent.key()))
                .toList();
    }

    /** Returns the statuses in the order's e-mails, in the order of their arrival. */
    static List<String> statusesMailedFor(UUID orderId) {
        return received(orderId).stream()
                .map(mail -> header(mail, "X-Order-Status"))
                .toList();
    }

    static List<MimeMessage> received(UUID orderId) {
        return Arrays.stream(MAIL_SERVER.getReceivedMessages())
                .filter(mail -> orderId.toString().equals(header(mail, "X-Order-Id")))
                .toList();
    }

    static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name, null);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    void awaitSettled(UUID orderId, OrderStatus status) {
        await().atMost(PATIENCE).until(() -> mails.isSettled(orderId, status));
    }
}
