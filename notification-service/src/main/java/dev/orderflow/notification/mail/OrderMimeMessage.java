package dev.orderflow.notification.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/**
 * A message whose Message-ID follows from the order and its status, and nothing else: when the same mail is sent again, mail
 * servers and clients can recognise it as the one they have. {@link MimeMessage} would put a random one in its place.
 */
class OrderMimeMessage extends MimeMessage {

    private final OrderMail mail;
    private final String domain;

    OrderMimeMessage(Session session, OrderMail mail, String domain) {
        super(session);
        this.mail = mail;
        this.domain = domain;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + mail.orderId() + "." + mail.status() + "@" + domain + ">");
    }
}
