package dev.orderflow.notification.mail;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.notification.mail.Mailboxes.Mailbox;
import dev.orderflow.notification.mail.Mailboxes.None;
import dev.orderflow.notification.mail.SmtpMailer.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends one e-mail per change of an order's status.
 * <p>
 * SMTP has no transactions: the process can die after the server accepted the e-mail and before that is recorded. The
 * e-mail is then sent again with the same Message-ID. Recording it before sending would lose it instead.
 * docs/guarantees.md describes the effect for customers. No other repetition sends an e-mail: the inbox skips a
 * redelivered event, and an event that was published twice, under two ids, finds its e-mail recorded, because the
 * earlier events of its key are committed before its call.
 */
@Component
class MailEventHandlers {

    private static final Logger log = LoggerFactory.getLogger(MailEventHandlers.class);

    private final Mailboxes mailboxes;
    private final MailRepository mails;
    private final MailTemplates templates;
    private final SmtpMailer mailer;
    private final RecipientLimit limit;
    private final Clock clock;
    private final MeterRegistry meters;

    MailEventHandlers(
            Mailboxes mailboxes,
            MailRepository mails,
            MailTemplates templates,
            SmtpMailer mailer,
            RecipientLimit limit,
            Clock clock,
            MeterRegistry meters) {
        this.mailboxes = mailboxes;
        this.mails = mails;
        this.templates = templates;
        this.mailer = mailer;
        this.limit = limit;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Sends the e-mail about a change of status, however late, unless it was sent before. Runs outside any transaction; the returned
     * action records the outcome. While order-service does not tell addresses, events wait as during an outage of SMTP.
     */
    @EventHandler(
            guard = {"customers", "smtp"},
            handleExpired = true)
    AfterCall tellCustomer(OrderEvent event) {
        var status = OrderStatus.after(event);
        checkTenant(event.orderId());
        if (mails.isSettled(event.orderId(), status)) {
            log.info("mail=repeated orderId={} status={}", event.orderId(), status);
            return AfterCall.nothing();
        }
        return switch (mailboxes.of(event.customerId())) {
            case Mailbox(var address, var reference) ->
                send(new OrderMail(event.orderId(), status, address, reference, textOf(event, status)));
            case None(var reason) -> giveUp(event.orderId(), status, reason);
        };
    }

    private MailText textOf(OrderEvent event, OrderStatus status) {
        return templates.write(
                event, status.namesPoints() ? mails.pointsOf(event.orderId(), EventTenant.current()) : 0);
    }

    /** Checks that the order's e-mails so far, if there are any, belong to the event's tenant. */
    private void checkTenant(UUID orderId) {
        if (mails.isOfOtherThan(EventTenant.current(), orderId)) {
            throw EventTenant.mismatch();
        }
    }

    private AfterCall send(OrderMail mail) {
        if (!limit.allows(mail.recipient())) {
            return giveUp(mail.orderId(), mail.status(), UndeliverableReason.TOO_MANY);
        }
        return switch (deliver(mail)) {
            case ACCEPTED -> {
                var sentAt = clock.instant();
                yield () -> mails.recordSent(mail, sentAt);
            }
            case NO_SUCH_MAILBOX -> giveUp(mail.orderId(), mail.status(), UndeliverableReason.NO_SUCH_MAILBOX);
        };
    }

    private Delivery deliver(OrderMail mail) {
        try {
            return mailer.send(mail);
        } catch (RuntimeException e) {
            limit.giveBack(mail.recipient());
            throw e;
        }
    }

    /**
     * Records the e-mail as undeliverable. A retry would not make the address valid, and would delay the order's later
     * e-mails.
     */
    private AfterCall giveUp(UUID orderId, OrderStatus status, UndeliverableReason reason) {
        log.warn("mail=undeliverable orderId={} status={} reason={}", orderId, status, reason);
        var recordedAt = clock.instant();
        return () -> {
            mails.recordUndeliverable(orderId, status, reason, recordedAt);
            meters.counter("notification.mails.undeliverable", "reason", reason.name())
                    .increment();
        };
    }
}
