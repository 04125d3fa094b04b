package dev.orderflow.notification.mail;

import java.time.Instant;

/** An e-mail about a tenant's order that the SMTP server has accepted. */
record SentMail(OrderMail mail, String tenant, Instant at) {}
