package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.Faults;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests an administration statement that hangs in the server. */
@RealInfrastructure
@SpringBootTest(
        classes = SampleApplication.class,
        properties = "spring.datasource.hikari.data-source-properties.socketTimeout=3")
@DirtiesContext
class HangingReplayIT {

    private static final String SLEEP = """
            CREATE FUNCTION sleep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(300); RETURN NEW; END $$;
            CREATE TRIGGER sleep BEFORE UPDATE ON dead_letter FOR EACH ROW
                WHEN (new.state = 'REPLAYING') EXECUTE FUNCTION sleep()
            """;

    @Autowired
    private EventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Effects effects;

    @Autowired
    private Faults faults;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Replays replays;

    private final String account = UUID.randomUUID().toString();

    @Test
    void aReplayGoesOnOnceItsStatementsEndAgainAndNoLetterIsGivenBack() {
        faults.failForGood(account);
        new TransactionTemplate(transactions).executeWithoutResult(status -> events.publish(new Deposited(account, 1)));
        await().untilAsserted(() -> assertThat(states()).containsExactly("DEAD"));
        faults.clear();
        jdbc.sql(SLEEP).update();

        replays.request(all(), null, "me");
        await().until(() -> sleeping() == 1);
        await().during(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(sleeping()).isLessThanOrEqualTo(1);
            assertThat(states()).containsExactly("QUEUED");
        });
        // Waits for the transaction that sleeps.
        jdbc.sql("DROP TRIGGER sleep ON dead_letter").update();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1"));
    }

    private List<String> states() {
        return jdbc.sql("SELECT state FROM dead_letter WHERE key = ?")
                .param(account)
                .query(String.class)
                .list();
    }

    private int sleeping() {
        return jdbc.sql(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'")
                .query(Integer.class)
                .single();
    }
}
