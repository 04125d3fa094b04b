package dev.orderflow.inventory.stock;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Changes the stock for tests, and reads it from the database. */
@TestComponent
class Stockroom implements DisposableBean {

    private final Stocktaking stocktaking;
    private final StockEventHandlers handlers;
    private final TransactionOperations transaction;
    private final JdbcClient jdbc;
    private final KafkaProducer<String, byte[]> orderService = new KafkaProducer<>(
            TestInfrastructure.get().producerSettings(), new StringSerializer(), new ByteArraySerializer());
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();

    Stockroom(
            Stocktaking stocktaking, StockEventHandlers handlers, TransactionOperations transaction, JdbcClient jdbc) {
        this.stocktaking = stocktaking;
        this.handlers = handlers;
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    /** Creates a product that no other test uses. */
    String newSku(long available) {
        var sku = "T" + UUID.randomUUID();
        stocktaking.setAvailable(sku, available);
        return sku;
    }

    List<String> newSkus(int count, long available) {
        return transaction.execute(
                status -> Stream.generate(() -> newSku(available)).limit(count).toList());
    }

    /** Publishes a change of an order as order-service would; the service consumes it from Kafka. */
    void announce(OrderEvent event) {
        announce(List.of(event));
    }

    /** Publishes versions of one change, which have one id. */
    void announce(List<OrderEvent> versions) {
        var id = Generators.timeBasedEpochGenerator().generate();
        versions.forEach(version -> send(id, version));
        orderService.flush();
    }

    /** Publishes a change of a tenant's order. */
    void announceOf(String tenant, OrderEvent event) {
        var context = new EventContext(null, null, null, tenant, EventPriority.NORMAL, null, null, null);
        send(
                event,
                metadata(Generators.timeBasedEpochGenerator().generate(), event).within(context));
        orderService.flush();
    }

    private void send(UUID id, OrderEvent event) {
        send(event, metadata(id, event));
    }

    private void send(OrderEvent event, EventMetadata metadata) {
        orderService.send(new ProducerRecord<>(
                Topics.ORDER_EVENTS, null, event.key(), new EventJson().write(event), CloudEventHeaders.of(metadata)));
    }

    private EventMetadata metadata(UUID id, OrderEvent event) {
        return EventMetadata.of(
                        id,
                        event.getClass().getAnnotation(EventType.class).value(),
                        Topics.ORDER_SERVICE,
                        event.key(),
                        Instant.now())
                .withSequence(sequences.merge(event.key(), 1L, Long::sum));
    }

    /** Returns why events of the order became dead letters. */
    List<String> causesOfDeath(UUID orderId) {
        return jdbc.sql("SELECT message FROM dead_letter WHERE key = :key")
                .param("key", orderId.toString())
                .query(String.class)
                .list();
    }

    /** Returns the tenant of the order's reservation. */
    String tenantOf(UUID orderId) {
        return jdbc.sql("SELECT tenant FROM reservation WHERE order_id = :orderId")
                .param("orderId", orderId)
                .query(String.class)
                .single();
    }

    /** Gives up the dead letters of an order, for tests that count those of all. */
    void forgetDeadLetters(UUID orderId) {
        jdbc.sql("DELETE FROM dead_letter WHERE key = :key")
                .param("key", orderId.toString())
                .update();
    }

    long deadLetters() {
        return jdbc.sql("SELECT count(*) FROM dead_letter").query(Long.class).single();
    }

    @Override
    public void destroy() {
        orderService.close();
    }

    /** Consumes the events as one batch in one transaction on this thread, like the inbox. */
    void consume(List<? extends OrderEvent> batch) {
        transaction.executeWithoutResult(status -> {
            handlers.load(List.copyOf(batch));
            batch.forEach(this::call);
        });
    }

    StockLevel level(String sku) {
        return jdbc.sql("SELECT sku, available, reserved, sold FROM stock_item WHERE sku = :sku")
                .param("sku", sku)
                .query(StockLevel.class)
                .single();
    }

    List<StockLevel> levels(List<String> skus) {
        return jdbc.sql("SELECT sku, available, reserved, sold FROM stock_item WHERE sku = ANY (:skus)")
                .param("skus", skus.toArray(String[]::new))
                .query(StockLevel.class)
                .list();
    }

    /** Returns how often the product's row was written. */
    long version(String sku) {
        return jdbc.sql("SELECT version FROM stock_item WHERE sku = :sku")
                .param("sku", sku)
                .query(Long.class)
                .single();
    }

    List<Long> adjustments(String sku) {
        return jdbc.sql("SELECT delta FROM stock_adjustment WHERE sku = :sku ORDER BY id")
                .param("sku", sku)
                .query(Long.class)
                .list();
    }

    Optional<ReservationState> stateOf(UUID orderId) {
        return jdbc.sql("SELECT state FROM reservation WHERE order_id = :orderId")
                .param("orderId", orderId)
                .query(ReservationState.class)
                .optional();
    }

    /** Returns the units of the product that orders in {@code state} hold. */
    long held(String sku, ReservationState state) {
        return jdbc.sql("""
                        SELECT coalesce(sum(quantity), 0)
                        FROM reservation_line JOIN reservation USING (order_id)
                        WHERE sku = :sku AND state = :state
                        """)
                .param("sku", sku)
                .param("state", state.name())
                .query(Long.class)
                .single();
    }

    private void call(OrderEvent event) {
        switch (event) {
            case OrderPlacedV2 placed -> handlers.reserve(placed);
            case OrderPlaced older -> throw new IllegalArgumentException("no handler receives " + older);
            case OrderPaid paid -> handlers.commit(paid);
            case OrderCancelled cancelled -> handlers.release(cancelled);
            case OrderReserved _, OrderUnpaid _, OrderShipped _, OrderDelivered _, OrderFollowUpDue _ -> {}
        }
    }
}
