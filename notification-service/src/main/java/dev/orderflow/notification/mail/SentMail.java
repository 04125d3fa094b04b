package dev.orderflow.notification.mail;

import java.time.Instant;

/** An e-mail that the SMTP server has accepted. */
record SentMail(OrderMail mail, Instant at) {}
