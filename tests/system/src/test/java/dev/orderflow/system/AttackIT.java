package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.demo.process.Part;
import dev.orderflow.edge.test.RawClient;
import dev.orderflow.events.order.PaymentMethod;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attacks that {@link HostileClientIT} does not make, in a table, on an order-service with the demo's heap. Others are
 * served meanwhile, every complete request is refused, and {@link SuiteExtension} finds the service alive afterwards.
 * {@code -Dhostile=full} makes all of them, with all their connections.
 */
@SystemTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {

    private static final Logger log = LoggerFactory.getLogger(AttackIT.class);
    private static final boolean FULL = "full".equals(System.getProperty("hostile"));
    private static final int ROUNDS = 3;
    /** The whole body of an attack by names is parsed, which alone occupies a small machine. */
    private static final int NAME_BITS = FULL ? 13 : 10;

    private static final int BUSY = 429;
    private static final int WORKERS = FULL ? 16 : 2;

    /** The service closes silent connections above seven eighths of 4,096. */
    private static final int MOST_SILENT = 3_500;

    private final RunningSuite suite;
    private final Shop shop;
    private final List<RawClient> clients = new ArrayList<>();
    private Bystander bystander;

    AttackIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.shop = shop;
    }

    /** Content and number of the requests or connections. */
    enum Attack {
        SLOW_HEADERS(64, 400, 0, () -> "GET /api/orders HTTP/1.1\r\nHost: shop\r\nX-Slow: "),
        SLOW_BODY(
                64,
                400,
                0,
                () -> "POST /api/orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 9000\r\n"
                        + "Content-Type: application/json\r\n\r\n{"),
        /** Names of the same hash code, combined of Aa and BB. */
        COLLIDING_NAMES(100, 2_000, 400, AttackIT::collidingNames),
        DEEP_JSON(100, 2_000, 400, () -> "{\"lines\":" + "[".repeat(200_000)),
        HUGE_NUMBER(100, 2_000, 400, () -> "{\"lines\":[{\"sku\":\"A\",\"quantity\":1e999999999}]}"),
        MANY_DIGITS(100, 2_000, 400, () -> "{\"lines\":[{\"sku\":\"A\",\"quantity\":" + "9".repeat(400_000) + "}]}"),
        INVENTED_TOKENS(100, 2_000, 401, () -> "{}"),
        /** Connections on which nothing is sent. */
        IDLE(3_000, 10_000, 0, () -> "");

        private final int number;
        private final int refusal;
        private final Supplier<String> content;

        /**
         * @param number  connections or requests
         * @param full    number with {@code -Dhostile=full}
         * @param refusal answer to each request; 0 for incomplete ones
         */
        Attack(int number, int full, int refusal, Supplier<String> content) {
            this.number = FULL ? full : number;
            this.refusal = refusal;
            this.content = content;
        }
    }

    @BeforeAll
    void letOthersBuy() {
        var sku = shop.newProduct(1_000_000);
        // Let the JIT compile the code first.
        var last = AtOnce.times(200, 8, () -> shop.place(sku, 1)).getLast();
        // Orders are refused while too many are in flight.
        shop.awaitFinal(last.orderId());
        bystander = new Bystander(
                shop.orders(),
                JsonMapper.shared().writeValueAsString(Shop.order(sku, 1, PaymentMethod.CARD)),
                shop::token);
        await().pollDelay(2, TimeUnit.SECONDS).until(() -> true);
        bystander.forget();
        await().pollDelay(3, TimeUnit.SECONDS).until(() -> true);
        bystander.takeUndisturbed();
    }

    @BeforeEach
    void begin() {
        bystander.forget();
    }

    @AfterEach
    void leave() {
        clients.forEach(RawClient::close);
        clients.clear();
    }

    @AfterAll
    void letOthersGo() {
        bystander.close();
    }

    private static List<Attack> attacks() {
        return FULL
                ? List.of(Attack.values())
                : List.of(Attack.SLOW_BODY, Attack.COLLIDING_NAMES, Attack.INVENTED_TOKENS);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void othersAreServedDuringAnAttack(Attack attack) {
        for (var round = 1; !isWithstood(attack, round); round++) {
            clients.forEach(RawClient::close);
            clients.clear();
            bystander.forget();
        }
    }

    /** Returns false if others were disturbed in a round that is not the last: a busy machine disturbs them, too. */
    private boolean isWithstood(Attack attack, int round) {
        var answers = attack.refusal == 0 ? occupy(attack) : flood(attack);
        assertThat(answers.keySet())
                .allMatch(answer -> answer == BUSY || refusals(attack).contains(answer));
        try {
            log.info("attack={} number={} answers={} {}", attack, attack.number, answers, bystander.assertServed());
            return true;
        } catch (AssertionError disturbed) {
            if (round == ROUNDS) {
                throw disturbed;
            }
            log.info("attack={} number={} answers={} round={} disturbed=true", attack, attack.number, answers, round);
            return false;
        }
    }

    /** Returns the answer to an attack besides that of a busy service. Without tokens an invented one is ignored. */
    private Set<Integer> refusals(Attack attack) {
        return Set.of(attack == Attack.INVENTED_TOKENS && shop.token().isEmpty() ? 400 : attack.refusal);
    }

    /** Keeps connections open and drips on those that have begun a request. */
    private TreeMap<Integer, Integer> occupy(Attack attack) {
        var text = attack.content.get();
        IntStream.range(0, attack.number).forEach(each -> {
            var client = RawClient.connect(port(), "127.0.0." + (3 + each % 2));
            clients.add(client);
            client.sendIfOpen(text);
        });
        // The operating system has accepted them, and the service does so as its processor time permits.
        await().untilAsserted(() -> assertThat(suite.metric(Part.ORDER, "edge.connections.open"))
                .as("open connections during %s", attack)
                .isGreaterThan(Math.min(attack.number, MOST_SILENT) / 2));
        for (var second = 0; second < 5; second++) {
            await().pollDelay(1, TimeUnit.SECONDS).until(() -> true);
            if (!text.isEmpty()) {
                clients.forEach(client -> client.sendIfOpen("x"));
            }
        }
        return new TreeMap<>();
    }

    /** Sends complete requests, with several connections at once. */
    private TreeMap<Integer, Integer> flood(Attack attack) {
        var body = attack.content.get();
        var statuses = AtOnce.times(attack.number, WORKERS, () -> {
            try (var client = RawClient.connect(port(), "127.0.0.3")) {
                client.sendIfOpen("POST /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + authorization(attack) + "Content-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
                return status(client.head(10_000));
            }
        });
        assertThat(statuses).as("answers to %s", attack).containsAnyElementsOf(refusals(attack));
        return statuses.stream().collect(Collectors.toMap(each -> each, each -> 1, Integer::sum, TreeMap::new));
    }

    private String authorization(Attack attack) {
        var token = attack == Attack.INVENTED_TOKENS ? invented() : shop.token().orElse("");
        return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    /** Returns a token of a key that nobody has, another one each time. */
    private static String invented() {
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + UUID.randomUUID() + "\"}")
                                .getBytes(UTF_8))
                + ".e30." + "A".repeat(342);
    }

    private static String collidingNames() {
        return IntStream.range(0, 1 << NAME_BITS)
                .mapToObj(number -> IntStream.range(0, NAME_BITS)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":0")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static int status(String head) {
        return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    private int port() {
        return shop.orders().getPort();
    }
}
