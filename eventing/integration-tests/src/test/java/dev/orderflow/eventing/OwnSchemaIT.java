package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** An application whose own tables have the names of the starter's, which are in a schema of their own. */
@TestPropertySource(
        properties = {"eventing.schema=messages", "spring.flyway.locations=classpath:db/migration,classpath:db/decoys"})
class OwnSchemaIT extends EventExchangeIT {

    @Test
    void laterEventsOfAKeyWaitForAFailedOneInThatSchema() {
        faults.fail(account, 2);
        publish(new Opened(account), new Deposited(account, 1), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "closed"));
    }

    @Test
    void anEventThatFailsForGoodIsADeadLetterInThatSchema() {
        faults.failForGood(account);
        publish(new Deposited(account, 1));

        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM messages.dead_letter WHERE key = ?")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1));
    }

    @Test
    void theApplicationsTablesAndItsSchemaAreLeftAlone() {
        inTransaction(() -> events.publish(new Opened(account)));
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened"));

        assertThat(jdbc.sql("""
                                SELECT relname FROM pg_class
                                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                                  AND relname ~ '^(outbox|inbox|key|dead|admin|upkeep|scheduled|eventing)_'
                                """).query(String.class).list())
                .containsExactlyInAnyOrder(
                        "outbox_sequence",
                        "outbox_bucket",
                        "outbox_relay",
                        "outbox_parked",
                        "outbox_discarded",
                        "inbox_overrun",
                        "key_hold",
                        "dead_letter",
                        "dead_letter_replay",
                        "admin_audit",
                        "upkeep_mark",
                        "scheduled_event");
        assertThat(jdbc.sql("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM outbox_relay)")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("SHOW search_path").query(String.class).single()).isEqualTo("\"$user\", public");
    }

    @Test
    void upkeepCreatesDaysInThatSchema() {
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM pg_tables WHERE schemaname = 'messages' AND tablename ~ '^(outbox|inbox)_2[0-9]+$'")
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(10);
    }
}
