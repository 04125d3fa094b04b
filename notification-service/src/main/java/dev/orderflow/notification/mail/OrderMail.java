package dev.orderflow.notification.mail;

import java.util.UUID;

/** An e-mail to be sent: it reports {@code status} of the order to its customer. */
record OrderMail(UUID orderId, OrderStatus status, EmailAddress recipient, MailText text) {}
