package dev.orderflow.notification.mail;

/** What the SMTP server answered. */
enum Delivery {
    /** The server has taken responsibility for the mail. */
    ACCEPTED,
    /** The mailbox does not exist, and asking again would not change that. */
    NO_SUCH_MAILBOX
}
