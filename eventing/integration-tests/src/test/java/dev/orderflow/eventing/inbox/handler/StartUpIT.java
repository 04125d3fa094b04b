package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.upkeep.UpkeepDatabase;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Starts whole applications that are misconfigured, and checks the output that their authors would read. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpIT {

    @Test
    void twoHandlersForOneEventStopTheStart(CapturedOutput output) {
        assertThatThrownBy(() -> start(TwoHandlers.class)).hasRootCauseInstanceOf(InvalidHandlerException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("handle sample.account.opened.v1")
                .contains("Keep one handler for each event type");
    }

    @Test
    void aGroupWithoutHandlersStopsTheStart(CapturedOutput output) {
        assertThatThrownBy(() -> start(NoHandlers.class)).hasRootCauseInstanceOf(InvalidHandlerException.class);
        assertThat(output).contains("has no @EventHandler methods").contains("remove eventing.group");
    }

    @Test
    void anInboxThatForgetsTooEarlyStopsTheStart(CapturedOutput output) {
        assertThatThrownBy(() -> start(SampleApplication.class, "--eventing.inbox.retention=7d"));
        assertThat(output).contains("inbox.retention must be at least a day longer than topics.retention");
    }

    /** The day's partition cannot be attached beside these events: they are moved into it, and the start continues. */
    @Test
    void eventsOfDaysWithoutAPartitionDoNotStopTheStart(CapturedOutput output) {
        var database = TestInfrastructure.get().createDatabase("start");
        var jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        start(database, SampleApplication.class);
        var day = jdbc.sql("SELECT (now() AT TIME ZONE 'UTC')::date + 3")
                .query(LocalDate.class)
                .single();
        var name = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        jdbc.sql("DROP TABLE inbox_" + name).update();
        jdbc.sql("DROP TABLE outbox_" + name).update();
        jdbc.sql("INSERT INTO inbox (consumer, event_id) VALUES ('sample', ?)")
                .param(UpkeepDatabase.idOf(day))
                .update();
        jdbc.sql("""
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload)
                VALUES (0, ?, 'sample-audit', 'k', 'sample.unknown.v1', 1, now(), '{}'::bytea)
                """).param(UpkeepDatabase.idOf(day)).update();

        start(database, SampleApplication.class);

        assertThat(output).contains("partition=created name=inbox_" + name, "partition=created name=outbox_" + name);
        assertThat(jdbc.sql("SELECT count(*) FROM inbox_" + name)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** A pool without auto-commit rolls back statements outside a transaction, and upkeep would never delete anything. */
    @Test
    void upkeepLeavesItsMarksWithAPoolThatDoesNotCommitByItself() {
        var database = TestInfrastructure.get().createDatabase("start");
        var jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        start(database, SampleApplication.class);
        jdbc.sql("UPDATE upkeep_mark SET at = at - interval '1 hour'").update();
        var marks = jdbc.sql("SELECT count(*) FROM upkeep_mark").query(Integer.class);
        var before = marks.single();

        start(database, SampleApplication.class, "--spring.datasource.hikari.auto-commit=false");

        assertThat(marks.single()).isEqualTo(before + 1);
    }

    private static void start(Class<?> application, String... arguments) {
        start(TestInfrastructure.get().createDatabase("start"), application, arguments);
    }

    private static void start(Database database, Class<?> application, String... arguments) {
        var all = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.get().bootstrapServers()));
        all.addAll(List.of(arguments));
        SpringApplication.run(application, all.toArray(String[]::new)).close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NoHandlers {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class TwoHandlers {

        @Bean
        Handlers one() {
            return new Handlers();
        }

        @Bean
        Handlers other() {
            return new Handlers();
        }
    }

    static class Handlers {

        @EventHandler
        void handle(Opened opened) {}
    }
}
