package dev.orderflow.notification.mail;

import java.util.UUID;

/** An e-mail that reports {@code status} of the order to its customer. */
record OrderMail(UUID orderId, OrderStatus status, EmailAddress recipient, MailText text) {}
