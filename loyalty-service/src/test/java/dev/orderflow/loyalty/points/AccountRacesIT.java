package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.Caller;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches and redemptions of the same few customers, at once. */
@Timeout(180)
class AccountRacesIT {

    private static final int THREADS = 16;
    private static final int ROUNDS = 40;
    private static final Caller SHOP = new Caller("demo", "shop", Set.of(Caller.FOR_ANY_CUSTOMER), null);

    private static HikariDataSource source;
    private static JdbcClient jdbc;
    private static TransactionTemplate transactions;

    private final PointsRows rows = new PointsRows(jdbc);

    /** Refuses all events while this is set. */
    private volatile boolean broken;

    private final EventPublisher publisher = this::publish;
    private final PointsEvents events = new PointsEvents(publisher, new SimpleMeterRegistry());
    private final PointsEventHandlers handlers =
            new PointsEventHandlers(rows, new PointsProperties(BigDecimal.ONE), events, Clock.systemUTC());
    private final Redemptions redemptions =
            new Redemptions(jdbc, rows, new RedemptionRows(jdbc), events, transactions, Clock.systemUTC());

    @BeforeAll
    static void migrate() {
        var database = TestInfrastructure.get().createDatabase("points");
        var pool = new HikariConfig();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(THREADS);
        source = new HikariDataSource(pool);
        Flyway.configure()
                .dataSource(source)
                .placeholders(Map.of("role", database.username(), "separation", "true"))
                .load()
                .migrate();
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @AfterAll
    static void close() {
        source.close();
    }

    private void publish(DomainEvent event) {
        if (broken) {
            throw new IllegalStateException("killed before the commit");
        }
    }

    /** A deadlock, a negative balance or an entry without its change of the account would fail the test. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 2026})
    void neitherDeadlocksNorNegativeBalancesAndNothingIsLost(long seed) throws InterruptedException {
        var customers = Stream.generate(() -> "~" + UUID.randomUUID()).limit(4).toList();
        var workers = IntStream.range(0, THREADS)
                .<Callable<Long>>mapToObj(number -> () -> work(new Random(seed * 1_000 + number), customers))
                .toList();
        var expected = 0L;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var worker : threads.invokeAll(workers)) {
                expected += result(worker);
            }
        }

        var accounts = accounts(customers);
        assertThat(accounts).hasSize(customers.size());
        assertThat(accounts).allSatisfy(account -> {
            assertThat(account.balance() - account.debt()).isEqualTo(sumOfEntries(account.customer()));
            assertThat(Math.min(account.balance(), account.debt())).isZero();
        });
        assertThat(accounts.stream()
                        .mapToLong(each -> each.balance() - each.debt())
                        .sum())
                .isEqualTo(expected);
    }

    /** Returns by how many points this thread has changed all accounts together. */
    private long work(Random random, List<String> customers) {
        var awards = new ArrayList<OrderPaid>();
        var sum = 0L;
        for (var round = 0; round < ROUNDS; round++) {
            if (random.nextInt(3) == 0) {
                sum -= redeemSome(random, customers.get(random.nextInt(customers.size())));
                continue;
            }
            var batch = new ArrayList<OrderEvent>();
            for (var number = random.nextInt(1, 12); number > 0; number--) {
                var customer = customers.get(random.nextInt(customers.size()));
                var total = Money.of(Integer.toString(random.nextInt(20)), "GBP");
                var paid = new OrderPaid(UUID.randomUUID(), customer, total, Instant.now());
                batch.add(paid);
                awards.add(paid);
                sum += total.amount().longValue();
            }
            Collections.shuffle(awards, random);
            for (var number = Math.min(awards.size(), random.nextInt(6)); number > 0; number--) {
                var taken = awards.removeLast();
                batch.add(cancelled(taken));
                sum -= taken.total().amount().longValue();
            }
            handleUntilItCommits(batch);
        }
        return sum;
    }

    private long redeemSome(Random random, String customer) {
        var points = random.nextInt(1, 30);
        try {
            redemptions.redeem(
                    key(customer), shopsKey(customer, UUID.randomUUID().toString()), points);
            return points;
        } catch (Refusal e) {
            assertThat(e.code()).isEqualTo("insufficient_points");
            return 0;
        } catch (DataAccessException e) {
            // A slow machine: the request is answered 503. A deadlock has another message.
            assertThat(e).rootCause().hasMessageContaining("lock timeout");
            return 0;
        }
    }

    /** Repeats a batch as the inbox does, which only two batches that add the same account need. */
    private void handleUntilItCommits(List<OrderEvent> batch) {
        while (true) {
            try {
                handle(batch);
                return;
            } catch (PessimisticLockingFailureException e) {
                throw e;
            } catch (ConcurrencyFailureException e) {
                assertThat(e).hasMessageContaining("added one of the accounts");
            }
        }
    }

    private void handle(List<OrderEvent> batch) {
        transactions.executeWithoutResult(status -> {
            handlers.load(batch);
            batch.forEach(event -> {
                var id = UUID.randomUUID();
                var metadata = EventMetadata.of(id, "type", "order-service", event.key(), Instant.now());
                switch (event) {
                    case OrderPaid paid -> handlers.award(paid, metadata);
                    case OrderCancelled cancelled -> handlers.reverse(cancelled, metadata);
                    default -> throw new IllegalArgumentException(event.toString());
                }
            });
        });
    }

    /** A kill between effect and commit leaves the same, and the inbox or the client repeats it. */
    @Test
    void aTransactionThatDoesNotCommitLeavesNothing() {
        var customer = "~" + UUID.randomUUID();
        var paid = new OrderPaid(UUID.randomUUID(), customer, Money.of("10", "GBP"), Instant.now());
        broken = true;
        assertThatIllegalStateException().isThrownBy(() -> handle(List.of(paid)));
        assertThat(accounts(List.of(customer))).isEmpty();
        broken = false;
        handle(List.of(paid));

        broken = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> redemptions.redeem(key(customer), shopsKey(customer, "key"), 4));
        broken = false;
        var redeemed = redemptions.redeem(key(customer), shopsKey(customer, "key"), 4);

        assertThat(redemptions.redeem(key(customer), shopsKey(customer, "key"), 4))
                .isEqualTo(redeemed);
        assertThat(accounts(List.of(customer))).containsExactly(new PointsAccount("demo", customer, 6, 0));
        assertThat(sumOfEntries(customer)).isEqualTo(6);
    }

    @Test
    void aBatchSeesWhatItsEarlierEventsDid() {
        var customer = "~" + UUID.randomUUID();
        var paid = new OrderPaid(UUID.randomUUID(), customer, Money.of("10", "GBP"), Instant.now());

        handle(List.of(paid, paid, cancelled(paid), cancelled(paid)));

        assertThat(rows.entriesOf(List.of(paid.orderId())))
                .extracting(PointsEntry::points)
                .containsExactly(10L, -10L);
        assertThat(accounts(List.of(customer))).containsExactly(new PointsAccount("demo", customer, 0, 0));
    }

    /** Otherwise a customer could occupy a key that a shop is about to use. */
    @Test
    void aCustomerAndAShopWithTheSameKeyRedeemTwice() {
        var customer = "~" + UUID.randomUUID();
        handle(List.of(new OrderPaid(UUID.randomUUID(), customer, Money.of("10", "GBP"), Instant.now())));
        var itself = new Caller("demo", "ann", Set.of("orders:write"), null);

        var its = redemptions.redeem(key(customer), RedemptionKey.of(itself, key(customer), "key"), 4);
        var shops = redemptions.redeem(key(customer), shopsKey(customer, "key"), 4);

        assertThat(shops.id()).isNotEqualTo(its.id());
        assertThat(redemptions.redeem(key(customer), RedemptionKey.of(itself, key(customer), "key"), 4))
                .isEqualTo(its);
        assertThat(redemptions.redeem(key(customer), shopsKey(customer, "key"), 4))
                .isEqualTo(shops);
        assertThat(accounts(List.of(customer))).containsExactly(new PointsAccount("demo", customer, 2, 0));
    }

    private static RedemptionKey shopsKey(String customer, String text) {
        return RedemptionKey.of(SHOP, key(customer), text);
    }

    private static OrderCancelled cancelled(OrderPaid paid) {
        return new OrderCancelled(
                paid.orderId(), paid.customerId(), CancellationReason.CUSTOMER_REQUEST, Instant.now());
    }

    private static PointsAccount.Key key(String customer) {
        return new PointsAccount.Key("demo", customer);
    }

    private List<PointsAccount> accounts(List<String> customers) {
        return customers.stream()
                .flatMap(customer -> rows.find(key(customer)).stream())
                .toList();
    }

    private static long sumOfEntries(String customer) {
        return jdbc.sql("SELECT coalesce(sum(points), 0)::bigint FROM points_entry WHERE customer = :customer")
                .param("customer", customer)
                .query(Long.class)
                .single();
    }

    private static long result(Future<Long> worker) throws InterruptedException {
        try {
            return worker.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
