package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.local.KafkaSecurity;
import dev.orderflow.local.PostgresAdmin;
import dev.orderflow.local.PostgresSecurity;
import dev.orderflow.verify.evidence.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secured suite whose passwords, keys and certificates are replaced one after the other while orders arrive. A password
 * is changed at the server first, and in the service's file only after the service was refused: the time between both
 * must cost nothing.
 */
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class RotationIT {

    private static final Logger log = LoggerFactory.getLogger(RotationIT.class);

    private static final Path HOME = Path.of("target/rotation-suite");
    private static final int PER_SECOND = 2;
    private static final int ITERATIONS = 4096;
    private static final int NO_ANSWER = 0;

    /** Two keys of each of the six services. */
    private static final Pattern TRUST_BOTH =
            Pattern.compile("trusted-keys=changed keys=\\{([a-z]+-service=\\[[^,\\]]+, [^,\\]]+](, )?){6}}");

    /** New connections of a service, apart from the test's. */
    private static final String SINCE = """
            SELECT count(*) FROM pg_stat_activity
            WHERE usename = current_user AND application_name <> 'system-test'
              AND backend_start > cast(? AS timestamptz)
            """;

    @TempDir
    private static Path keys;

    private static SigningKeys signing;
    private static RunningSuite suite;

    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();

    @BeforeAll
    static void start() throws Exception {
        signing = SigningKeys.create(keys);
        var options = new ArrayList<>(List.of(signing.jvmOptions()));
        options.add("-Deventing.signatures.refresh=1s");
        // The pool's shortest: a service opens new connections while the test runs.
        options.add("-Dspring.datasource.hikari.max-lifetime=30000");
        suite = RunningSuite.startSecurely(HOME, options.toArray(String[]::new));
    }

    @AfterAll
    static void close() {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void secretsAreReplacedWhileOrdersArrive() throws Exception {
        var sku = suite.shop().newProduct(100_000);
        List<UUID> placed;
        try (var calls = suite.shop().calls();
                var orders = new SteadyOrders(PER_SECOND, () -> place(calls, sku))) {
            measured("scram-password", () -> AtOnce.forEach(Part.services(), RotationIT::replaceBrokerPassword));
            measured("database-password", () -> AtOnce.forEach(Part.services(), RotationIT::replaceDatabasePassword));
            measured("signing-key", RotationIT::replaceSigningKeys);
            measured("broker-certificate", RotationIT::replaceBrokerCertificate);
            measured("database-certificate", RotationIT::replaceDatabaseCertificate);
            measured("start-with-new-secrets", () -> {
                suite.kill(Part.PAYMENT);
                suite.start(Part.PAYMENT);
            });
            placed = orders.placed();
        }

        log.info("orders={} answers={}", placed.size(), answers);
        assertThat(answers.keySet()).as("statuses of answers").isSubsetOf(201, 429, 503);
        placed.forEach(order -> suite.shop().await(order, OrderStatus.PAID));
        suite.verify();
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Replaces a secret, and waits until an order that is placed afterwards is paid. */
    private static void measured(String secret, Step replacing) throws Exception {
        var begin = System.nanoTime();
        replacing.run();
        var replaced = Duration.ofNanos(System.nanoTime() - begin);
        suite.shop().paidAt(suite.shop().place(suite.shop().newProduct(1), 1).orderId());
        log.info(
                "rotated={} tookMs={} untilPaidMs={}",
                secret,
                replaced.toMillis(),
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static void replaceBrokerPassword(Part part) {
        var user = part.module().orElseThrow();
        var password = KafkaSecurity.newPassword();
        var seen = log(part).length();
        try (var admin = Admin.create(new HashMap<>(topology().broker()))) {
            var change = new UserScramCredentialUpsertion(
                    user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password);
            get(() -> admin.alterUserScramCredentials(List.of(change)).all().get());
        }
        Eventually.await().until(() -> log(part).indexOf("failed authentication due to", seen) > 0);
        brokerSecurity().replacePassword(user, password);
    }

    private static void replaceDatabasePassword(Part part) {
        var user = part.database();
        var password = KafkaSecurity.newPassword();
        var refused = "password authentication failed for user \"" + user + "\"";
        superuser().execute(String.format(Locale.ROOT, "ALTER ROLE %s PASSWORD '%s'", user, password));
        Eventually.await().until(() -> log(Part.POSTGRES).contains(refused));
        databaseSecurity().replacePassword(user, password);
        awaitNewConnections(service(part));
    }

    private static void replaceSigningKeys() throws Exception {
        var next = new EnumMap<Service, PrivateKey>(Service.class);
        for (var service : Service.values()) {
            next.put(service, signing.trustAnother(service, "next"));
        }
        for (var part : Part.services()) {
            Eventually.await().until(() -> TRUST_BOTH.matcher(log(part)).find());
        }
        for (var service : Service.values()) {
            signing.use(service, next.get(service));
        }
        // notification-service reads its key when it publishes an event, which no order here needs.
        for (var part : List.of(Part.ORDER, Part.INVENTORY, Part.PAYMENT)) {
            Eventually.await().until(() -> log(part).contains("signing-key=changed"));
        }
    }

    private static void replaceBrokerCertificate() {
        Callable<Certificate> served = () -> ServedCertificate.ofBroker(
                topology().ports().of(Part.KAFKA), brokerSecurity().authority());
        var former = get(served);
        var change = new AlterConfigOp(
                new ConfigEntry(
                        "listener.name.broker.ssl.keystore.location",
                        brokerSecurity().issueBrokerKey().toString()),
                AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(new HashMap<>(topology().broker()))) {
            get(() -> admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"), List.of(change)))
                    .all()
                    .get());
        }
        Eventually.await().until(served, current -> !current.equals(former));
    }

    private static void replaceDatabaseCertificate() {
        Callable<Certificate> served = () -> ServedCertificate.ofPostgres(
                topology().ports().of(Part.POSTGRES), databaseSecurity().authority());
        var former = get(served);
        databaseSecurity().issueServerKey(topology().data(Part.POSTGRES));
        superuser().execute("SELECT pg_reload_conf()");
        Eventually.await().until(served, current -> !current.equals(former));
        AtOnce.forEach(Part.services(), part -> awaitNewConnections(service(part)));
    }

    private static void awaitNewConnections(Service service) {
        try (var database = new ServiceDatabase(suite, service)) {
            var now = database.texts("SELECT clock_timestamp()").getFirst();
            Eventually.await().until(() -> database.countAsService(SINCE, now) > 0);
        }
    }

    /** Places one order, even if the request must be repeated, and counts the statuses of all answers. */
    private Order place(JsonCalls calls, String sku) {
        var key = UUID.randomUUID().toString();
        return Eventually.await()
                .ignoreExceptionsInstanceOf(ShopAwayException.class)
                .until(() -> attempt(calls, sku, key), order -> true);
    }

    private Order attempt(JsonCalls calls, String sku, String key) {
        var order = Shop.order(sku, 1, PaymentMethod.CARD);
        var status = NO_ANSWER;
        try {
            var answer =
                    calls.postWith(Map.of("Idempotency-Key", key), suite.shop().orders(), order);
            status = answer.statusCode();
            if (status != 201) {
                throw new ShopAwayException("placing returned " + status);
            }
            return calls.read(answer, Order.class);
        } finally {
            answers.merge(status, 1, Integer::sum);
        }
    }

    private static Topology topology() {
        return suite.topology();
    }

    private static KafkaSecurity brokerSecurity() {
        return topology().brokerSecurity().orElseThrow();
    }

    private static PostgresSecurity databaseSecurity() {
        return topology().databaseSecurity().orElseThrow();
    }

    private static Service service(Part part) {
        return Service.valueOf(part.name());
    }

    private static PostgresAdmin superuser() {
        var url = "jdbc:postgresql://127.0.0.1:" + topology().ports().of(Part.POSTGRES) + "/postgres";
        return new PostgresAdmin(
                url,
                "postgres",
                get(() -> Files.readString(topology().data(Part.POSTGRES).resolve("superuser.password"))));
    }

    private static String log(Part part) {
        return get(() -> Files.readString(topology().log(part)));
    }

    private static <T> T get(Callable<T> source) {
        try {
            return source.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
