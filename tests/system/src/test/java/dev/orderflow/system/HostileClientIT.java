package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.demo.process.Part;
import dev.orderflow.edge.test.RawClient;
import dev.orderflow.events.order.PaymentMethod;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attacks an order-service with the demo's heap and in a process of its own. Other clients are served all the time, and
 * the service recovers fully afterwards. {@code -Dhostile=full} sends the load that stopped the service before its
 * requests were bounded, {@code -Dhostile=part} less.
 */
@SystemTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "hostile", matches = "part|full", disabledReason = "-Pthorough runs it")
class HostileClientIT {

    private static final Logger log = LoggerFactory.getLogger(HostileClientIT.class);
    private static final boolean FULL = "full".equals(System.getProperty("hostile"));
    private static final long SEED = Long.getLong("seed", 16);

    private final Shop shop;
    private final RunningSuite suite;
    private final List<RawClient> clients = new ArrayList<>();
    private Bystander bystander;
    private String sku;

    HostileClientIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.shop = shop;
    }

    @BeforeAll
    void letOthersBuy() {
        sku = shop.newProduct(1_000_000);
        // Let the JIT compile the code first.
        AtOnce.times(200, 8, () -> shop.place(sku, 1));
        bystander = new Bystander(
                shop.orders(),
                JsonMapper.shared().writeValueAsString(Shop.order(sku, 1, PaymentMethod.CARD)),
                shop::token);
        await().pollDelay(2, TimeUnit.SECONDS).until(() -> true);
        bystander.forget();
        await().pollDelay(3, TimeUnit.SECONDS).until(() -> true);
        log.info("phase=before p99={}", bystander.takeUndisturbed());
    }

    @BeforeEach
    void begin() {
        bystander.forget();
    }

    @AfterEach
    void allIsAsBefore() {
        clients.forEach(RawClient::close);
        clients.clear();
        bystander.reconnect();
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(metric("edge.connections.open")).isLessThan(50);
            assertThat(metric("edge.connections.pending")).isLessThan(5);
            assertThat(metric("hikaricp.connections.pending")).isZero();
            assertThat(metric("orders.in.flight")).isLessThan(20);
        });
        suite.collectGarbage(Part.ORDER);
        assertThat(metric("jvm.memory.used?tag=area:heap")).isLessThan(110 << 20);
        bystander.forget();
        await().pollDelay(3, TimeUnit.SECONDS).until(() -> true);
        log.info("phase=afterwards {}", bystander.assertServed());
        shop.awaitFinal(shop.place(sku, 1).orderId());
    }

    @AfterAll
    void letOthersGo() {
        bystander.close();
    }

    @Test
    void longPollsAreBoundedAndTheServiceLives() {
        suite.kill(Part.PAYMENT);
        try {
            holdLongPolls(shop.place(sku, 1).orderId());
        } finally {
            // After all measurements: the start of a JVM takes the processors from everybody.
            suite.start(Part.PAYMENT);
            // Before payment-service makes progress, the orders that wait for it do not count as in flight.
            shop.awaitFinal(shop.place(sku, 1).orderId());
        }
    }

    private void holdLongPolls(UUID order) {
        var polls = FULL ? 5_000 : 800;

        var waiting = connect(polls, "127.0.0.1");
        waiting.forEach(client -> client.sendIfOpen(
                "GET /api/orders/" + order + "?await=PAID&timeout=15s HTTP/1.1\r\nHost: order-service\r\n"
                        + authorization() + "Connection: close\r\n\r\n"));
        var others = connect(50, "127.0.0.3");
        others.forEach(client -> client.sendIfOpen(
                "GET /api/orders/" + order + "?await=PAID&timeout=1s HTTP/1.1\r\nHost: order-service\r\n"
                        + authorization() + "Connection: close\r\n\r\n"));

        await().pollDelay(3, TimeUnit.SECONDS).until(() -> true);
        log.info("heapDuringLongPollsBytes={}", metric("jvm.memory.used?tag=area:heap"));

        var answered = statuses(waiting);
        var answeredToOthers = statuses(others);
        log.info(
                "longPolls={} responses={} otherResponses={} {}",
                polls,
                answered,
                answeredToOthers,
                bystander.assertServed());
        assertThat(answeredToOthers).containsOnlyKeys(200);
        assertThat(answered.keySet()).isSubsetOf(0, 200, 429);
        assertThat(answered.get(200)).isGreaterThanOrEqualTo(256);
        assertThat(answered.get(429)).isPositive();
    }

    @Test
    void drippingBodiesAndWaitingHeadRequestsBlockNoOtherClients() {
        var order = shop.place(sku, 1).orderId();
        var clients = FULL ? 400 : 64;
        var dripping = connect(clients, "127.0.0.1");
        dripping.forEach(client -> client.sendIfOpen("POST /api/orders HTTP/1.1\r\n"
                + "Host: order-service\r\n" + authorization()
                + "Content-Type: application/json\r\n"
                + "Content-Length: 300\r\n\r\n"
                + "{"));
        var heads = connect(clients, "127.0.0.1");
        heads.forEach(client -> client.sendIfOpen("HEAD /api/orders/" + order
                + "?await=CANCELLED&timeout=10s HTTP/1.1\r\nHost: order-service\r\n" + authorization() + "\r\n"));
        var paths = connect(64, "127.0.0.1");
        paths.forEach(client -> client.sendIfOpen(
                "GET /%61pi/orders?await=1 HTTP/1.1\r\nHost: order-service\r\n" + authorization() + "\r\n"));
        var headers = connect(clients, "127.0.0.1");

        for (var second = 0; second < 14; second++) {
            await().pollDelay(1, TimeUnit.SECONDS).until(() -> true);
            dripping.forEach(client -> client.sendIfOpen(" "));
            headers.forEach(client -> client.sendIfOpen("G"));
        }

        log.info("dripping={} {}", statuses(dripping), bystander.assertServed());
        assertThat(headers).allSatisfy(client -> assertThat(client.ends(2_000)).isTrue());
    }

    @Test
    void silentConnectionsBlockNoOtherClients() {
        var number = FULL ? 8_400 : 4_500;

        connect(number, "127.0.0.1");
        await().pollDelay(5, TimeUnit.SECONDS).until(() -> true);

        log.info("silent={} open={} {}", number, metric("edge.connections.open"), bystander.assertServed());
    }

    @Test
    void aThousandOrdersAtOnceAreEachPlacedOrRefused() {
        var order = Shop.order(sku, 1, PaymentMethod.CARD);

        List<Integer> answers;
        try (var customers = shop.calls()) {
            answers = AtOnce.times(
                    1_000, () -> customers.post(shop.orders(), order, null).statusCode());
        }

        log.info("posts={}", counted(answers, Function.identity()));
        assertThat(answers).containsOnly(201, 429).contains(201);
    }

    @Test
    void mutatedRequestsAreAnsweredWithoutFailures() {
        var number = FULL ? 4_000 : 400;
        var requests = new HostileRequests(SEED, sku, shop.place(sku, 1).orderId(), authorization());
        var hostile = IntStream.range(0, number)
                .mapToObj(each -> requests.next())
                .toList()
                .iterator();

        var answers = AtOnce.times(number, 16, () -> answer(next(hostile)));

        log.info(
                "mutated={} seed={} {} {}",
                number,
                SEED,
                counted(answers, HostileClientIT::status),
                bystander.assertServed());
        assertThat(answers).allSatisfy(answer -> {
            assertThat(status(answer)).isIn(allowed(answer));
            if (status(answer) >= 400) {
                assertThat(answer).contains("application/problem+json");
            }
        });
    }

    /** Returns the header with the shop's access token, and its line end; empty if the suite requires none. */
    private String authorization() {
        return shop.token()
                .map(token -> "Authorization: Bearer " + token + "\r\n")
                .orElse("");
    }

    private static synchronized HostileRequests.Hostile next(Iterator<HostileRequests.Hostile> hostile) {
        return hostile.next();
    }

    /** Counts a missing response as 0: an incomplete request gets none before its client disconnects. */
    private static List<Integer> allowed(String answer) {
        var status = status(answer);
        return status < 500 || (status == 503 && answer.contains("Retry-After")) ? List.of(status) : List.of();
    }

    private String answer(HostileRequests.Hostile request) {
        try (var client = RawClient.connect(port(), "127.0.0.1")) {
            for (var part : request.parts()) {
                client.sendIfOpen(part);
            }
            return client.head(3_000);
        }
    }

    private static int status(String head) {
        return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    private static TreeMap<Integer, Integer> statuses(List<RawClient> clients) {
        var heads = clients.stream().map(client -> client.head(20_000)).toList();
        return counted(heads, HostileClientIT::status);
    }

    private static <T> TreeMap<Integer, Integer> counted(List<T> all, Function<T, Integer> status) {
        var counts = new TreeMap<Integer, Integer>();
        all.forEach(each -> counts.merge(status.apply(each), 1, Integer::sum));
        return counts;
    }

    private List<RawClient> connect(int number, String from) {
        var connected = IntStream.range(0, number)
                .mapToObj(each -> RawClient.connect(port(), from))
                .toList();
        clients.addAll(connected);
        return connected;
    }

    private int port() {
        return shop.orders().getPort();
    }

    private long metric(String name) {
        return suite.metric(Part.ORDER, name);
    }
}
