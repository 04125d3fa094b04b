package dev.orderflow.notification.mail;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.events.notification.LowStockNoticed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends one e-mail to the merchandiser per event. Routes in the configuration decide which events of other services become such
 * events. If the process dies between the server's answer and the commit, the e-mail is sent again with the same Message-ID.
 */
@Component
class MerchandiserEventHandlers {

    private static final Logger log = LoggerFactory.getLogger(MerchandiserEventHandlers.class);

    private final MerchandiserProperties properties;
    private final MailTemplates templates;
    private final SmtpMailer mailer;

    MerchandiserEventHandlers(MerchandiserProperties properties, MailTemplates templates, SmtpMailer mailer) {
        this.properties = properties;
        this.templates = templates;
        this.mailer = mailer;
    }

    @EventHandler(guard = "smtp")
    AfterCall tellMerchandiser(LowStockNoticed noticed, EventMetadata metadata) {
        var mail = new StockMail(metadata.id(), properties.recipient(), templates.write(noticed));
        switch (mailer.send(mail)) {
            case ACCEPTED -> log.info("mail=sent sku={} eventId={}", noticed.sku(), metadata.id());
            case NO_SUCH_MAILBOX ->
                log.warn("mail=undeliverable sku={} eventId={} reason=NO_SUCH_MAILBOX", noticed.sku(), metadata.id());
        }
        return AfterCall.nothing();
    }
}
