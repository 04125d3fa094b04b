package dev.orderflow.notification.mail;

/** The reason why an e-mail was not sent and never will be. */
enum UndeliverableReason {
    /** The customer has no valid e-mail address. */
    INVALID_ADDRESS,
    /** The customer was erased, or has no e-mail address. */
    NO_ADDRESS,
    /** The recipient got as many e-mails within an hour as {@code notification.mail.per-recipient} allows. */
    TOO_MANY,
    /** The mail server does not know the mailbox. */
    NO_SUCH_MAILBOX
}
