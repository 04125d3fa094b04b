package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

class MailRetentionIT extends MailScenario {

    private static final String REFERENCE = "~0b0d3a52-3b9c-4c1e-9c0f-6a1d3b1f7f0e";

    private final UUID order = UUID.randomUUID();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void delete() {
        jdbc.sql("DELETE FROM mail WHERE order_id = :order")
                .param("order", order)
                .update();
        jdbc.sql("DELETE FROM undeliverable_mail WHERE order_id = :order")
                .param("order", order)
                .update();
        jdbc.sql("DELETE FROM earned_points WHERE order_id = :order")
                .param("order", order)
                .update();
    }

    @Test
    void oldRecordsAreDeletedAndYoungOnesKept() {
        sent("PLACED", REFERENCE, 91);
        sent("PAID", REFERENCE, 89);
        undeliverable("RESERVED", 91);
        undeliverable("CANCELLED", 89);

        retention(Optional.of(Instant.now().minus(Duration.ofDays(90)))).run();

        assertThat(column("SELECT status FROM mail WHERE order_id = :order")).containsExactly("PAID");
        assertThat(column("SELECT status FROM undeliverable_mail WHERE order_id = :order"))
                .containsExactly("CANCELLED");
        assertThat(meters.get("notification.mails.expired")
                        .tag("what", "sent")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"91, 0", "89, 1"})
    void pointsAreDeletedLikeMails(int days, int kept) {
        jdbc.sql("""
                        INSERT INTO earned_points (order_id, tenant, points, recorded_at)
                        VALUES (:order, 'demo', 15, now() - make_interval(days => :days))
                        """).param("order", order).param("days", days).update();

        retention(Optional.of(Instant.now().minus(Duration.ofDays(90)))).run();

        assertThat(column("SELECT points FROM earned_points WHERE order_id = :order"))
                .hasSize(kept);
    }

    @Test
    void withoutWitnessedTimeNothingIsDeleted() {
        sent("PLACED", REFERENCE, 5_000);

        retention(Optional.empty()).run();

        assertThat(column("SELECT status FROM mail WHERE order_id = :order")).containsExactly("PLACED");
    }

    @Test
    void addressesOfTheVersionBeforeAreCleared() {
        sent("PLACED", "jo@example.com", 1);
        sent("PAID", REFERENCE, 1);

        retention(Optional.empty()).run();

        assertThat(column("SELECT coalesce(recipient, 'none') FROM mail WHERE order_id = :order ORDER BY status"))
                .containsExactly(REFERENCE, "none");
    }

    private MailRetention retention(Optional<Instant> cutOff) {
        return new MailRetention(
                jdbc,
                TransactionOperations.withoutTransaction(),
                retention -> cutOff,
                new MailProperties("orders@example.com", "example.com", 10, Duration.ofDays(90)),
                meters);
    }

    private void sent(String status, String recipient, int days) {
        jdbc.sql("""
                        INSERT INTO mail (order_id, status, recipient, subject, sent_at)
                        VALUES (:order, :status, :recipient, 'subject', now() - make_interval(days => :days))
                        """)
                .param("order", order)
                .param("status", status)
                .param("recipient", recipient)
                .param("days", days)
                .update();
    }

    private void undeliverable(String status, int days) {
        jdbc.sql("""
                        INSERT INTO undeliverable_mail (order_id, status, reason, recorded_at)
                        VALUES (:order, :status, 'NO_ADDRESS', now() - make_interval(days => :days))
                        """)
                .param("order", order)
                .param("status", status)
                .param("days", days)
                .update();
    }

    private List<String> column(String query) {
        return jdbc.sql(query).param("order", order).query(String.class).list();
    }
}
