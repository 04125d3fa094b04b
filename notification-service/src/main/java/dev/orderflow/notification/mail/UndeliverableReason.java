package dev.orderflow.notification.mail;

/** The reason why an e-mail was not sent and never will be. */
enum UndeliverableReason {
    /** The customer's id does not give an e-mail address. */
    INVALID_ADDRESS,
    /** The mail server knows no such mailbox. */
    NO_SUCH_MAILBOX
}
