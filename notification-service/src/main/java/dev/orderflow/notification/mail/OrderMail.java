package dev.orderflow.notification.mail;

import java.util.UUID;

/** A mail as it is to be sent: what {@code orderId}'s customer is told about {@code status}. */
record OrderMail(UUID orderId, OrderStatus status, EmailAddress recipient, MailText text) {}
