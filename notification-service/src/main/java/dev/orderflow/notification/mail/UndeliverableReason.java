package dev.orderflow.notification.mail;

/** The reason why an e-mail was not sent and never will be. */
enum UndeliverableReason {
    /** The customer's id does not yield a valid e-mail address. */
    INVALID_ADDRESS,
    /** The mail server does not know the mailbox. */
    NO_SUCH_MAILBOX
}
