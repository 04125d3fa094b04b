package dev.orderflow.notification.mail;

import java.util.Map;

/** An e-mail to one recipient. */
sealed interface Mail permits OrderMail, StockMail {

    EmailAddress recipient();

    MailText text();

    /** The same whenever the same e-mail is sent again, in the characters of a Message-ID. */
    String messageId();

    /** Header lines for programs that read the e-mail. */
    Map<String, String> headers();
}
