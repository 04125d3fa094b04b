package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.verify.evidence.Service;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kills services with SIGKILL between two steps of an erasure. They are stopped at that step from outside, by locks in
 * their databases or an unavailable broker. Every erasure must then complete.
 */
@SystemTest
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class ErasureCrashIT {

    /** Blocks all writes to the outbox, but not the relay's reads. */
    private static final String OUTBOX = "LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE";

    private static final String WRITING_TO_OUTBOX = "INSERT INTO outbox";

    /** Blocks the consumption of all events. */
    private static final String INBOX = "LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE";

    private static final String WRITING_TO_INBOX = "INSERT INTO inbox";

    /** More keys of the customer than an erasure deletes in one step. */
    private static final String ADD_KEYS = """
            INSERT INTO idempotency_key (tenant, subject, key, request_hash, order_id)
            SELECT tenant, customer_id, 'key-' || number, '\\x00', id
              FROM orders, generate_series(1, 700) AS number
             WHERE id = ?
            RETURNING key
            """;

    private static final String KEYS = "SELECT count(*) FROM idempotency_key WHERE subject = ?";
    private static final String CUSTOMERS = "SELECT count(*) FROM customer WHERE id = ?";
    private static final String CUSTOMER_OF_ORDER = "SELECT customer_id FROM orders WHERE id = ?";

    private final RunningSuite suite;
    private final ServiceDatabase orders;
    private final ServiceDatabase mails;
    private final EventTopics topics;
    private final ErasableCustomer customer;
    private Order order;
    private String reference;

    ErasureCrashIT(RunningSuite suite) {
        this.suite = suite;
        this.orders = new ServiceDatabase(suite, Service.ORDER);
        this.mails = new ServiceDatabase(suite, Service.NOTIFICATION);
        this.topics = new EventTopics(suite.topology().bootstrapServers());
        this.customer = new ErasableCustomer(suite);
    }

    @BeforeEach
    void placeOrder() {
        order = customer.placePaid();
        reference = customer.reference(order);
        topics.awaitConsumed();
    }

    @AfterEach
    void close() {
        customer.close();
        topics.close();
        mails.close();
        orders.close();
    }

    @Test
    void betweenTheStepsOfOrderServiceTheErasureIsHalfDoneAndGoesOnWhenRequestedAgain() {
        assertThat(orders.texts(ADD_KEYS, order.orderId())).hasSize(700);
        var outbox = orders.lock(OUTBOX);
        var erasing = CompletableFuture.supplyAsync(customer::erase);
        orders.awaitBlocked(WRITING_TO_OUTBOX);
        kill(Part.ORDER, orders);
        outbox.release();
        assertThatThrownBy(erasing::join).hasCauseInstanceOf(ShopAwayException.class);

        assertThat(orders.texts(CUSTOMER_OF_ORDER, order.orderId())).containsExactly(reference);
        assertThat(orders.count(KEYS, customer.id())).isBetween(1L, 700L);
        assertThat(orders.count(CUSTOMERS, customer.id())).isEqualTo(1);
        assertThat(orders.texts("SELECT type FROM outbox WHERE key = ?", reference))
                .isEmpty();

        suite.start(Part.ORDER);
        assertThat(customer.erase()).isEqualTo(204);
        assertErased();
    }

    @Test
    void betweenTheCommitAndTheTopicTheEventIsSentAfterTheStart() {
        suite.kill(Part.KAFKA);
        assertThat(customer.erase()).isEqualTo(204);
        suite.kill(Part.ORDER);
        suite.start(Part.KAFKA);

        assertThat(topics.records(List.of(Topics.CUSTOMERS), Set.of(reference))).isEmpty();

        suite.start(Part.ORDER);
        assertErased();
    }

    @Test
    void whileConsumersHandleTheEventItIsDeliveredAgain() {
        var locks = List.of(orders.lock(INBOX), mails.lock(INBOX));
        assertThat(customer.erase()).isEqualTo(204);
        orders.awaitBlocked(WRITING_TO_INBOX);
        mails.awaitBlocked(WRITING_TO_INBOX);
        kill(Part.ORDER, orders);
        kill(Part.NOTIFICATION, mails);
        locks.forEach(ServiceDatabase.Lock::release);

        assertThat(customer.consumers(reference)).isZero();

        suite.start(Part.ORDER);
        suite.start(Part.NOTIFICATION);
        assertErased();
    }

    private void assertErased() {
        customer.awaitConsumed(reference);
        // A relay that was killed may send an event again, with the same id.
        assertThat(topics.ids(Topics.CUSTOMERS, reference)).hasSize(1);
        assertThat(customer.traces().inDatabases()).isEmpty();
        assertThat(customer.traces().inTopics()).isEmpty();
        assertThat(orders.texts(CUSTOMER_OF_ORDER, order.orderId())).containsExactly(reference);
        assertThat(customer.erase()).isEqualTo(404);
    }

    /** Kills the service. Its waiting statements must not continue when the lock is released. */
    private void kill(Part part, ServiceDatabase database) {
        suite.kill(part);
        database.endConnections();
    }
}
