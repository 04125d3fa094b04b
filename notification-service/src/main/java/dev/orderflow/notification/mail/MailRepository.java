package dev.orderflow.notification.mail;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Remembers which mails were sent, and which could not be. */
@Repository
class MailRepository {

    /** Served by the primary keys (order_id, status). */
    private static final String IS_SETTLED = """
            SELECT EXISTS (SELECT FROM mail WHERE order_id = :orderId AND status = :status)
                OR EXISTS (SELECT FROM undeliverable_mail WHERE order_id = :orderId AND status = :status)
            """;

    /** The primary key (order_id, status) decides what is the same mail. */
    private static final String RECORD_SENT = """
            INSERT INTO mail (order_id, status, recipient, subject, sent_at)
            VALUES (:orderId, :status, :recipient, :subject, :sentAt)
            ON CONFLICT DO NOTHING
            """;

    /** The primary key (order_id, status) decides what is the same mail. */
    private static final String RECORD_UNDELIVERABLE = """
            INSERT INTO undeliverable_mail (order_id, status, reason, recorded_at)
            VALUES (:orderId, :status, :reason, :recordedAt)
            ON CONFLICT DO NOTHING
            """;

    /** Served by the primary keys (order_id, status); an order has a handful of rows. */
    private static final String OF_ORDER = """
            SELECT status, recipient, subject, 'SENT' AS outcome, sent_at AS at FROM mail WHERE order_id = :orderId
            UNION ALL
            SELECT status, NULL, NULL, reason, recorded_at FROM undeliverable_mail WHERE order_id = :orderId
            ORDER BY at
            """;

    private final JdbcClient jdbc;

    MailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the mail about {@code status} was sent, or found undeliverable, before. */
    boolean isSettled(UUID orderId, OrderStatus status) {
        return jdbc.sql(IS_SETTLED)
                .param("orderId", orderId)
                .param("status", status.name())
                .query(Boolean.class)
                .single();
    }

    void recordSent(OrderMail mail, Instant sentAt) {
        jdbc.sql(RECORD_SENT)
                .param("orderId", mail.orderId())
                .param("status", mail.status().name())
                .param("recipient", mail.recipient().value())
                .param("subject", mail.text().subject())
                .param("sentAt", atUtc(sentAt))
                .update();
    }

    void recordUndeliverable(UUID orderId, OrderStatus status, UndeliverableReason reason, Instant recordedAt) {
        jdbc.sql(RECORD_UNDELIVERABLE)
                .param("orderId", orderId)
                .param("status", status.name())
                .param("reason", reason.name())
                .param("recordedAt", atUtc(recordedAt))
                .update();
    }

    /** All that the customer of {@code orderId} was told, oldest first. */
    List<MailEntry> ofOrder(UUID orderId) {
        return jdbc.sql(OF_ORDER)
                .param("orderId", orderId)
                .query((row, _) -> new MailEntry(
                        row.getString("status"),
                        row.getString("outcome"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
