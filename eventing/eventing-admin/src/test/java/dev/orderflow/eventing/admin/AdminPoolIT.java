package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.Faults;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Administration works while the application's pool is exhausted. */
@RealInfrastructure
@SpringBootTest(
        classes = {SampleApplication.class, ManagementContext.class, AdminPoolIT.Meters.class},
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "eventing.admin.enabled=true",
            "spring.datasource.hikari.maximum-pool-size=4",
            "spring.datasource.hikari.connection-timeout=1000"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class AdminPoolIT {

    private static final int CONNECTIONS = 4;

    @Autowired
    private DataSource pool;

    @Autowired
    private ManagementContext management;

    @Autowired
    private EventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Effects effects;

    @Autowired
    private Faults faults;

    @Autowired
    private MeterRegistry meters;

    @TestConfiguration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outbox",
                "outbox/parked",
                "dead-letters",
                "dead-letters/summary",
                "dead-letters/replays",
                "holds",
                "holds/summary",
                "audit"
            })
    void operatorsSeeLettersAndHolds(String path) throws SQLException {
        var held = drain();
        try {
            assertThat(management.mvc().get().uri("/admin/" + path).exchange()).hasStatusOk();
        } finally {
            release(held);
        }
    }

    @Test
    void aReplayIsDoneAndItsEventTakesEffectAfterwards() throws SQLException {
        var account = UUID.randomUUID().toString();
        faults.failForGood(account);
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            events.publish(new Deposited(account, 1));
            events.publish(new Closed(account, ""));
        });
        await().untilAsserted(() -> assertThat(dead(account)).isEqualTo(1));
        await().atMost(Duration.ofSeconds(20)).until(() -> gauge() >= 2);
        faults.clear();

        var held = drain();
        try {
            assertThat(post("replay", "{\"filter\":{\"key\":\"" + account + "\"}}"))
                    .hasStatus(HttpStatus.ACCEPTED);
            await().untilAsserted(() -> assertThat(dead(account)).isZero());
        } finally {
            release(held);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "closed"));
    }

    @Test
    void aDiscardIsDoneAndTheEventsBehindItFollowAfterwards() throws SQLException {
        var account = UUID.randomUUID().toString();
        faults.failForGood(account);
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            events.publish(new Deposited(account, 1));
            events.publish(new Closed(account, ""));
        });
        await().untilAsserted(() -> assertThat(dead(account)).isEqualTo(1));
        await().untilAsserted(() -> assertThat(waiting(account)).isEqualTo(1));

        var held = drain();
        try {
            assertThat(post("discard", "{\"filter\":{\"key\":\"" + account + "\"},\"reason\":\"test\"}"))
                    .hasStatusOk();
        } finally {
            release(held);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed"));
    }

    private MvcTestResult post(String action, String body) {
        return management
                .mvc()
                .post()
                .uri("/admin/dead-letters/" + action)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private int dead(String account) throws Exception {
        return items("dead-letters?state=DEAD&key=" + account);
    }

    private int waiting(String account) throws Exception {
        return items("holds?state=PARKED&key=" + account);
    }

    private int items(String path) throws Exception {
        var body = management
                .mvc()
                .get()
                .uri("/admin/" + path)
                .exchange()
                .getResponse()
                .getContentAsString();
        return JsonPath.read(body, "$.items.length()");
    }

    private double gauge() {
        return meters.find("eventing.holds").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    /** Takes all connections of the pool, so that other threads cannot get one. */
    private List<Connection> drain() throws SQLException {
        var held = new ArrayList<Connection>();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            held.add(pool.getConnection());
            return held.size() == CONNECTIONS;
        });
        return held;
    }

    private static void release(List<Connection> held) throws SQLException {
        for (var connection : held) {
            connection.close();
        }
    }
}
