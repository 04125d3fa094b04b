package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.edge.test.TestToken;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.AnswersFromOthers;
import dev.orderflow.order.OrderClient.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** Requests of two tenants that share few connections, to tables whose policies separate tenants. */
@ContextConfiguration(initializers = SeparatedRequestsIT.SeparateOwner.class)
@TestPropertySource(
        properties = {
            "eventing.group=order-service-separated",
            "eventing.source=order-service",
            "spring.datasource.hikari.maximum-pool-size=2"
        })
@DirtiesContext
class SeparatedRequestsIT extends SecuredOrders {

    private static final int REQUESTS = 100;
    private static final int KILLS = 10;

    @Autowired
    Environment environment;

    @Autowired
    DataSource dataSource;

    @Autowired
    AnswersFromOthers others;

    JdbcClient owner;
    JdbcClient service;

    static final class SeparateOwner implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var of = context.getEnvironment();
            var name = of.getRequiredProperty("spring.datasource.username");
            var owner = TestInfrastructure.get()
                    .separateOwner(new Database(of.getRequiredProperty("spring.datasource.url"), name, name));
            TestPropertyValues.of(
                            "spring.flyway.user=" + owner.username(), "spring.flyway.password=" + owner.password())
                    .applyTo(context);
        }
    }

    @BeforeEach
    void connect() {
        owner = connected("spring.flyway.user", "spring.flyway.password");
        service = connected("spring.datasource.username", "spring.datasource.password");
    }

    @AfterEach
    void noConnectionKeepsATenant() throws SQLException {
        var pool = dataSource.unwrap(HikariDataSource.class);
        try (var first = pool.getConnection();
                var second = pool.getConnection()) {
            for (var connection : List.of(first, second)) {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery(
                                "SELECT coalesce(current_setting('orderflow.tenant', true), ''), current_user = session_user,"
                                        + " (SELECT count(*) FROM orders)")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEmpty();
                    assertThat(row.getBoolean(2)).isTrue();
                    assertThat(row.getInt(3)).isZero();
                }
            }
        }
    }

    @Test
    void requestsOfTwoTenantsThatShareConnectionsSeeTheirOwnOrdersOnly() throws Exception {
        var mine = place(CUSTOMER);
        var theirs = place(STRANGER);

        var looks = atOnce(() -> {
            look(CUSTOMER, mine, theirs);
            look(STRANGER, theirs, mine);
        });

        for (var look : looks) {
            look.get();
        }
    }

    @Test
    void whileConnectionsAreEndedRequestsFailOrSeeTheirOwnOrdersOnly() throws Exception {
        var mine = place(CUSTOMER);
        var theirs = place(STRANGER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks = new ArrayList<Future<?>>();
            for (var kill = 0; kill < KILLS; kill++) {
                looks.add(threads.submit(() -> look(CUSTOMER, mine, theirs)));
                looks.add(threads.submit(() -> look(STRANGER, theirs, mine)));
                endConnections();
            }
            for (var look : looks) {
                look.get();
            }
        }
        assertThat(answered(() -> as(CUSTOMER).get(mine)).status()).isEqualTo(200);
    }

    @Test
    void ordersOfTwoTenantsArePlacedInOneTransaction() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            placeTogether();
            return owner.sql(
                                    "SELECT count(*) FROM (SELECT FROM orders WHERE customer_id = 'together' GROUP BY xmin::text"
                                            + " HAVING count(DISTINCT tenant) = 2) AS mixed")
                            .query(Integer.class)
                            .single()
                    > 0;
        });

        assertThat(owner.sql("""
                        SELECT count(*) FILTER (WHERE tenant = 'demo') = count(*) FILTER (WHERE tenant = 'other')
                           AND bool_and((SELECT count(*) FROM order_line WHERE order_id = id) = 1)
                           AND bool_and((SELECT count(*) FROM order_status_change WHERE order_id = id) = 1)
                        FROM orders WHERE customer_id = 'together'
                        """).query(Boolean.class).single()).isTrue();
    }

    /** The catalog is locked until the first transactions wait for it, so that the other orders form groups. */
    private void placeTogether() throws Exception {
        var placed = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var lock = connection("spring.flyway.user", "spring.flyway.password")
                        .getConnection();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE product IN ACCESS EXCLUSIVE MODE");
            for (var token : List.of(SHOP, SHOP_OF_OTHERS)) {
                for (var number = 0; number < 20; number++) {
                    placed.add(threads.submit(() ->
                            answered(() -> as(token).place(order("together", line("LAMP", 1)), null))));
                }
            }
            await().until(() ->
                    owner.sql("SELECT count(*) FROM pg_locks WHERE relation = 'product'::regclass AND NOT granted")
                                    .query(Integer.class)
                                    .single()
                            == 2);
            lock.commit();
            for (var each : placed) {
                assertThat(each.get().status()).isEqualTo(201);
            }
        }
    }

    @Test
    void eventsChangeTheOrdersOfAllTenants() {
        for (var token : List.of(CUSTOMER, STRANGER)) {
            var id = place(token);
            others.publishOf(token == CUSTOMER ? "demo" : "other", new StockReserved(id, Instant.EPOCH));

            assertThat(as(token)
                            .get("/api/orders/" + id + "?await=RESERVED&timeout=60s")
                            .<String>get("$.status"))
                    .isEqualTo("RESERVED");
            assertThat(as(token).cancel(id).<String>get("$.status")).isEqualTo("CANCELLED");
        }
    }

    @Test
    void anErasureOfOneTenantLeavesTheCustomerOfTheOther() {
        var mine = place(CUSTOMER.subject("same"));
        var theirs = place(STRANGER.subject("same"));
        as(SHOP).cancel(mine);

        assertThat(answered(() -> as(OPERATOR).delete("/api/customers/same")).status())
                .isEqualTo(204);

        assertThat(as(SHOP).get(mine).<String>get("$.customerId")).startsWith("~");
        assertThat(as(SHOP_OF_OTHERS).get(theirs).<String>get("$.customerId")).isEqualTo("same");
        assertThat(answered(() -> as(OPERATOR).get("/api/customers/same")).status())
                .isEqualTo(404);
        assertThat(answered(() -> as(OPERATOR.tenant("other")).get("/api/customers/same"))
                        .<Object>get("$.orders.items[0].orderId"))
                .isEqualTo(theirs.toString());
    }

    @Test
    void onlyThePlatformFindsAddresses() {
        var verified =
                STRANGER.subject("mailed").claim("email", "jo@example.org").claim("email_verified", true);
        place(verified);
        var reference = owner.sql("SELECT reference FROM customer WHERE id = 'mailed'")
                .query(String.class)
                .single();
        var mailer = ISSUER.token().scopes("addresses:read");
        var path = "/api/customers/" + reference + "/address";

        assertThat(answered(() -> as(mailer).get(path)).<String>get("$.address"))
                .isEqualTo("jo@example.org");
        assertThat(answered(() -> as(mailer.tenant("other")).get(path)).<String>get("$.code"))
                .isEqualTo("forbidden_tenant");
    }

    @Test
    void aRepeatedRequestOfEachTenantFindsItsOwnKey() {
        var key = UUID.randomUUID().toString();
        var body = order("customer-1", line("LAMP", 1));

        var first = as(CUSTOMER).place(body, key);
        var second = as(STRANGER).place(body, key);

        assertThat(first.orderId()).isNotEqualTo(second.orderId());
        assertThat(as(CUSTOMER).place(body, key).orderId()).isEqualTo(first.orderId());
        assertThat(as(STRANGER).place(body, key).orderId()).isEqualTo(second.orderId());
    }

    private void endConnections() {
        service.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE usename = current_user AND pid <> pg_backend_pid()")
                .query(Boolean.class)
                .list();
    }

    private void look(TestToken token, UUID own, UUID other) {
        var mine = answered(() -> as(token).get(own));
        assertThat(mine.status()).isEqualTo(200);
        assertThat(mine.<List<Object>>get("$.lines")).hasSize(1);
        assertThat(answered(() -> as(token).get(other)).status()).isEqualTo(404);
        assertThat(answered(() -> as(token).get("/api/orders?limit=100")).body())
                .contains(own.toString())
                .doesNotContain(other.toString());
    }

    /** Repeats a request that is refused because of load, or fails because of its connection. */
    private static Answer answered(Supplier<Answer> request) {
        return Stream.generate(request)
                .limit(1_000)
                .filter(answer -> answer.status() != 429 && answer.status() < 500)
                .findFirst()
                .orElseThrow();
    }

    private static List<Future<?>> atOnce(Runnable work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return IntStream.range(0, REQUESTS / 2)
                    .<Future<?>>mapToObj(number -> threads.submit(work))
                    .toList();
        }
    }

    private UUID place(TestToken token) {
        return answered(() ->
                        as(token).place("{\"lines\": [" + line("LAMP", 1) + "], \"paymentMethod\": \"CARD\"}", null))
                .orderId();
    }

    private JdbcClient connected(String user, String password) {
        return JdbcClient.create(connection(user, password));
    }

    private DataSource connection(String user, String password) {
        return new DriverManagerDataSource(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty(user),
                environment.getRequiredProperty(password));
    }
}
