package dev.orderflow.notification.mail;

import java.time.Instant;

/** A mail that the SMTP server has taken. */
record SentMail(OrderMail mail, Instant at) {}
