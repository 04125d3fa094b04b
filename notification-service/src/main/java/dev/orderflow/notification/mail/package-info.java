/**
 * One e-mail per change of an order's status. Start reading at {@code MailEventHandlers}: it asks {@code
 * MailRepository} whether the e-mail was sent before, has {@code MailTemplates} write it and {@code SmtpMailer} send
 * it.
 */
@NullMarked
package dev.orderflow.notification.mail;

import org.jspecify.annotations.NullMarked;
