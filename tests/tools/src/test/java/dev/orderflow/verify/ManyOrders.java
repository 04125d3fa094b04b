package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.verify.evidence.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Large numbers of shipped orders, written in bulk: nine events and all other traces each, derived from the order's number. */
final class ManyOrders implements AutoCloseable {

    /** Order's id as SQL, derived from its number; the same as in {@link #order} and {@link #event}. */
    private static final String ID = "md5(n::text)::uuid";

    private static final String CUSTOMER = "'~' || md5(n::text)::uuid";

    private static final String EVENT = "('%012x70008000' || lpad(to_hex(n * 16 + %d), 12, '0'))::uuid";

    private static final List<Fact> FACTS = List.of(
            new Fact(Service.ORDER, "order-events", OrderPlaced.class, 1),
            new Fact(Service.INVENTORY, "inventory-events", StockReserved.class, 1),
            new Fact(Service.ORDER, "order-events", OrderReserved.class, 2),
            new Fact(Service.PAYMENT, "payment-events", PaymentCompleted.class, 1),
            new Fact(Service.ORDER, "order-events", OrderPaid.class, 3),
            new Fact(Service.INVENTORY, "inventory-events", StockCommitted.class, 2),
            new Fact(Service.LOYALTY, "loyalty-events", PointsAwarded.class, 1),
            new Fact(Service.SHIPPING, "shipping-events", ShipmentDispatched.class, 1),
            new Fact(Service.ORDER, "order-events", OrderShipped.class, 4));

    private static final List<String> STATUSES = List.of("PLACED", "RESERVED", "PAID", "SHIPPED");

    private final World world;
    private final long orders;
    private final long millis = System.currentTimeMillis();
    private final HttpServer sandbox;

    private record Fact(Service by, String topic, Class<? extends DomainEvent> event, int sequence) {

        private String type() {
            return Service.typeOf(event);
        }
    }

    ManyOrders(World world, long orders) throws IOException {
        this.world = world;
        this.orders = orders;
        this.sandbox = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sandbox.createContext("/sandbox/payments", exchange -> answer(exchange, orders, ManyOrders::payment));
        sandbox.createContext("/sandbox/shipments", exchange -> answer(exchange, orders, ManyOrders::shipment));
        sandbox.createContext(
                "/sandbox/mails", exchange -> answer(exchange, STATUSES.size() * orders, ManyOrders::mail));
        sandbox.start();
    }

    URI sandbox() {
        return URI.create("http://127.0.0.1:" + sandbox.getAddress().getPort());
    }

    long events() {
        return FACTS.size() * orders;
    }

    /**
     * Writes all data.
     *
     * @param strays number of records on the topics that are not events
     */
    void write(long strays) throws Exception {
        writeTables();
        writeTopics(strays);
        world.settle();
    }

    @Override
    public void close() {
        sandbox.stop(0);
    }

    private void writeTables() {
        insert(
                Service.ORDER,
                "orders (id, customer_id, status, currency, total, payment_method, placed_at, version)",
                ID + ", 'c', 'SHIPPED', 'GBP', 15.30, 'CARD', now(), 3");
        insert(Service.ORDER, "order_line", ID + ", 1, 'TEAPOT', 'Teapot', 1, 15.30, 15.30");
        for (var status : STATUSES) {
            var position = STATUSES.indexOf(status) + 1;
            insert(Service.ORDER, "order_status_change", ID + ", " + position + ", '" + status + "', NULL, now()");
            insert(Service.NOTIFICATION, "mail", ID + ", '" + status + "', 'c@example.com', 's', now()");
        }
        insert(Service.INVENTORY, "reservation", ID + ", 'COMMITTED', now(), now(), 0");
        world.sql(Service.INVENTORY, "INSERT INTO stock_item VALUES ('TEAPOT', 0, 0, ?, 0)", orders);
        insert(Service.INVENTORY, "reservation_line", ID + ", 'TEAPOT', 1");
        world.sql(
                Service.INVENTORY, "INSERT INTO stock_adjustment (sku, delta, at) VALUES ('TEAPOT', ?, now())", orders);
        insert(Service.PAYMENT, "payment", ID + ", 15.30, 'GBP', 'CAPTURED', 'p', NULL, now(), now(), 0");
        insert(
                Service.SHIPPING,
                "shipment (order_id, tenant, state, tracking_id, stop_refused, created_at, updated_at)",
                ID + ", 'demo', 'DISPATCHED', 't', false, now(), now()");
        insert(Service.LOYALTY, "points_account", "'demo', " + CUSTOMER + ", 15, 0");
        insert(
                Service.LOYALTY,
                "points_entry (tenant, customer, kind, points, order_id, at)",
                "'demo', " + CUSTOMER + ", 'AWARDED', 15, " + ID + ", now()");
        for (var fact : FACTS) {
            var id = String.format(Locale.ROOT, EVENT, millis, FACTS.indexOf(fact));
            insert(
                    fact.by(),
                    "outbox (bucket, event_id, topic, key, type, sequence, time, payload)",
                    "n % 16, " + id + ", '" + fact.topic() + "', " + ID + "::text, '" + fact.type() + "', "
                            + fact.sequence() + ", now(), '{\"points\":15}'");
            for (var service : Service.values()) {
                if (service.mustConsume(fact.type())) {
                    insert(service, "inbox (consumer, event_id)", "'" + service.group() + "', " + id);
                }
            }
        }
    }

    private void insert(Service service, String table, String values) {
        world.sql(
                service,
                "INSERT INTO " + table + " SELECT " + values + " FROM generate_series(1::bigint, ?) n",
                orders);
    }

    private void writeTopics(long strays) {
        var properties = TestInfrastructure.get().producerSettings();
        properties.putAll(Map.of("batch.size", 262_144, "linger.ms", 20, "compression.type", "lz4"));
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (var stray = 0L; stray < strays; stray++) {
                producer.send(new ProducerRecord<>("order-events", (int) (stray % 3), null, "stray".getBytes(UTF_8)));
            }
            for (var n = 1L; n <= orders; n++) {
                var key = order(n).toString();
                for (var fact = 0; fact < FACTS.size(); fact++) {
                    producer.send(message(key, n, fact));
                }
            }
        }
    }

    private ProducerRecord<String, byte[]> message(String key, long n, int number) {
        var fact = FACTS.get(number);
        var message = new ProducerRecord<>(fact.topic(), key, "{}".getBytes(UTF_8));
        message.headers()
                .add("ce_id", event(n, number).toString().getBytes(UTF_8))
                .add("ce_type", fact.type().getBytes(UTF_8))
                .add("ce_sequence", Integer.toString(fact.sequence()).getBytes(UTF_8));
        return message;
    }

    private UUID event(long n, int fact) {
        return new UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L | n * 16 + fact);
    }

    private static UUID order(long n) {
        try {
            var hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("MD5").digest(Long.toString(n).getBytes(UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String payment(long index) {
        return "{\"orderId\":\"" + order(index + 1)
                + "\",\"amount\":{\"amount\":\"15.30\",\"currency\":\"GBP\"},\"state\":\"CAPTURED\"}";
    }

    private static String shipment(long index) {
        return "{\"orderId\":\"" + order(index + 1) + "\",\"state\":\"DISPATCHED\"}";
    }

    private static String mail(long index) {
        var order = order(index / STATUSES.size() + 1);
        var status = STATUSES.get((int) (index % STATUSES.size()));
        return "{\"orderId\":\"" + order + "\",\"status\":\"" + status + "\"}";
    }

    private interface Item {
        String at(long index);
    }

    private static void answer(HttpExchange exchange, long total, Item item) throws IOException {
        var query = List.of(exchange.getRequestURI().getQuery().split("&")).stream()
                .map(parameter -> parameter.split("="))
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> Long.parseLong(parameter[1])));
        var from = query.get("offset");
        var items = LongStream.range(from, Math.min(total, from + query.get("limit")))
                .mapToObj(item::at)
                .collect(Collectors.joining(",", "{\"items\":[", "],\"total\":" + total + "}"));
        var body = items.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
